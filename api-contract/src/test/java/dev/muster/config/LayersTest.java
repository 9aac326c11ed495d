package dev.muster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The stronger layer wins, member by member; drift is what is wished and not so. */
class LayersTest {

    private static Json.Members members(String text) {
        return (Json.Members) JsonReader.read(text);
    }

    @Test
    void aDevicesWishesWinOverItsGroupsAndTheFleets() {
        Json.Members fleet = members("{\"a\":{\"x\":1,\"y\":1},\"l\":[1,2],\"s\":1}");
        Json.Members group = members("{\"a\":{\"y\":2,\"z\":2},\"l\":[3]}");
        Json.Members device = members("{\"a\":{\"z\":3},\"s\":{\"t\":1}}");
        assertEquals(
                "{\"a\":{\"x\":1,\"y\":2,\"z\":3},\"l\":[3],\"s\":{\"t\":1}}",
                Layers.over(List.of(fleet, group, device)).toString());
    }

    @Test
    void driftNamesWhatDiffers() {
        Json.Members wished = members("{\"a\":{\"x\":1,\"y\":2},\"l\":[1],\"m\":3,\"same\":1.0}");
        Json.Members actual = members("{\"a\":{\"x\":1,\"y\":3,\"own\":1},\"l\":[1,2],\"same\":1}");
        assertEquals(List.of("a.y", "l", "m"), Layers.drift(wished, actual));
        assertEquals(List.of(), Layers.drift(wished, wished));
    }
}
