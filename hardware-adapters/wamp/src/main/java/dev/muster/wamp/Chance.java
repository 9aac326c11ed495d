package dev.muster.wamp;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** What the router leaves to chance. */
interface Chance {

    /** A number from 1 to 2^53 that nobody can guess. */
    long session();

    /** A number from 1 to 2^53. */
    long publication();

    /** What makes a challenge like no other. */
    String nonce();

    /** A number from 0 on that is less than this. */
    int below(int end);

    static Chance secure() {
        SecureRandom random = new SecureRandom();
        return new Chance() {
            @Override
            public long session() {
                return random.nextLong(1, Fields.ID_MAX + 1);
            }

            @Override
            public long publication() {
                return ThreadLocalRandom.current().nextLong(1, Fields.ID_MAX + 1);
            }

            @Override
            public String nonce() {
                byte[] bytes = new byte[24];
                random.nextBytes(bytes);
                return Base64.getEncoder().encodeToString(bytes);
            }

            @Override
            public int below(int end) {
                return ThreadLocalRandom.current().nextInt(end);
            }
        };
    }
}
