package dev.muster.overview.query;

/** A certificate in PEM, made by openssl for robot-1. */
final class SelfSigned {

    static final String NOT_AFTER = "2036-11-23T18:54:49Z";

    static final String PEM = """
            -----BEGIN CERTIFICATE-----
            MIIBeTCCAR+gAwIBAgIUfhtm2iF7P1+MH7sZJQi+Od/+ZjcwCgYIKoZIzj0EAwIw
            EjEQMA4GA1UEAwwHcm9ib3QtMTAeFw0yNjExMjYxODU0NDlaFw0zNjExMjMxODU0
            NDlaMBIxEDAOBgNVBAMMB3JvYm90LTEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
            AARFUfYs/CnSN/1Yr/zPgpQOuqx2rNdGC9eIOhJZab2zxXp/1kxYJAwps0KsBe6t
            rl5IIbT2w7MeJURB2mDfIVuHo1MwUTAdBgNVHQ4EFgQUO4cm9h3y/61/nrckcGVY
            m0O2DgIwHwYDVR0jBBgwFoAUO4cm9h3y/61/nrckcGVYm0O2DgIwDwYDVR0TAQH/
            BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAjknZIG9jB+S62xXgSkprdA2knf4t
            oqFv0OlM2ldY9xACICSa36ro1Db4CyVAsuvqrSfH8qiReptV2oph/1+Gbvv9
            -----END CERTIFICATE-----
            """;

    private SelfSigned() {}
}
