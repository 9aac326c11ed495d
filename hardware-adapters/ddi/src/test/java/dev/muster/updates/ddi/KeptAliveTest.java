package dev.muster.updates.ddi;

import static dev.muster.updates.ddi.House.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * A device keeps its connection and asks again at once. With Reactor Netty 1.3.7 (its issue 4361) a few hundred such
 * requests are enough to lose one for ever.
 */
class KeptAliveTest {

    private static final int REQUESTS = 5000;
    private static final byte[] FEEDBACK =
            "{\"status\":{\"execution\":\"proceeding\",\"result\":{\"finished\":\"none\"}}}"
                    .getBytes(StandardCharsets.UTF_8);

    @Test
    void noRequestOnAKeptConnectionIsEverLost() {
        try (House house = new House()) {
            for (int i = 0; i < REQUESTS; i++) {
                // Registering is finished on another thread, the feedback too, the second poll at once.
                assertThat(house.get(path("d" + i)).statusCode()).isEqualTo(200);
                assertThat(house.json("POST", path("d" + i) + "/deploymentBase/1/feedback", FEEDBACK)
                                .statusCode())
                        .isEqualTo(200);
                assertThat(house.get(path("d" + i)).statusCode()).isEqualTo(200);
                house.forget();
            }
        }
    }
}
