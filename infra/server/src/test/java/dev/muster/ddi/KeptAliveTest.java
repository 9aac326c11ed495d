package dev.muster.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * A device keeps its connection and asks again at once. With Reactor Netty 1.3.7 (its issue 4361) a few hundred such
 * requests are enough to lose one for ever.
 */
class KeptAliveTest extends DdiVectors {

    private static final int REQUESTS = 5000;
    /** An action takes no more than 1000 (contract §16). */
    private static final int REPORTS_MAX = 900;

    @Test
    void noRequestOnAKeptConnectionIsEverLost() {
        String busy = "";
        int action = 0;
        for (int i = 0; i < REQUESTS; i++) {
            if (i % REPORTS_MAX == 0) {
                busy = knownDevice();
                action = assigned(busy);
            }
            String id = fresh("kept");
            // Registering is finished on another thread, the feedback and the attributes too, the second poll at once.
            assertThat(poll(id).status()).isEqualTo(200);
            assertThat(feedback(busy, action, "proceeding", "none").status()).isEqualTo(200);
            assertThat(attributes(id, "{\"data\":{\"serial\":\"1\"}}").status()).isEqualTo(200);
            assertThat(poll(id).status()).isEqualTo(200);
        }
    }
}
