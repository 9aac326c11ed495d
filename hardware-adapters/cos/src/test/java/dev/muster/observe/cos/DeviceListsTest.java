package dev.muster.observe.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.Uid;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list of all devices: kept until something changes, in pieces when it is too long to be kept. */
class DeviceListsTest {

    private static final List<String> FIELDS = List.of("uid", "address");

    private final FakeObservatory observatory = new FakeObservatory(() -> Instant.EPOCH);

    private void enrol(String uid) {
        observatory.enrol(new Uid(uid), "10.0.0.1", "", Map.of(), Map.of()).block();
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static String joined(DeviceLists lists) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        lists.pieces(FIELDS).toIterable().forEach(all::writeBytes);
        return text(all.toByteArray());
    }

    @Test
    void whatWasRenderedIsKeptUntilTheNextChange() {
        DeviceLists lists = new DeviceLists(observatory, 1000);
        enrol("a");
        assertThat(lists.isReady(FIELDS)).isFalse();

        byte[] before = lists.whole(FIELDS);

        assertThat(lists.isReady(FIELDS)).isTrue();
        assertThat(lists.whole(FIELDS)).isSameAs(before);
        enrol("b");
        assertThat(lists.isReady(FIELDS)).isFalse();
        assertThat(text(lists.whole(FIELDS)))
                .isEqualTo("[{\"uid\":\"a\",\"address\":\"10.0.0.1\"},{\"uid\":\"b\",\"address\":\"10.0.0.1\"}]");
    }

    @Test
    void whatIsTooLongComesInPiecesThatAreOneList() {
        for (int i = 0; i < 4000; i++) {
            enrol("r" + i);
        }
        DeviceLists lists = new DeviceLists(observatory, 1000);

        assertThat(lists.whole(FIELDS)).isNull();
        assertThat(lists.isReady(FIELDS)).as("that it is too long is known now").isTrue();
        assertThat(lists.pieces(FIELDS).count().block()).isGreaterThan(1);
        assertThat(joined(lists)).isEqualTo(text(new DeviceLists(observatory, 1 << 20).whole(FIELDS)));
    }

    @Test
    void nobodyIsAListAsWell() {
        assertThat(text(new DeviceLists(observatory, 1000).whole(FIELDS))).isEqualTo("[]");
        assertThat(joined(new DeviceLists(observatory, 1000))).isEqualTo("[]");
    }

    @Test
    void onlyAFewListsAreKept() {
        DeviceLists lists = new DeviceLists(observatory, 1000);
        lists.whole(FIELDS);
        for (String field : DeviceJson.ALL.subList(0, 6)) {
            lists.whole(List.of(field));
        }

        assertThat(lists.isReady(FIELDS)).isFalse();
    }
}
