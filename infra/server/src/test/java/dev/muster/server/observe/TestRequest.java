package dev.muster.server.observe;

/** A certificate request that openssl made, for P-256. */
final class TestRequest {

    static final String PEM = """
            -----BEGIN CERTIFICATE REQUEST-----
            MIHLMHQCAQAwEjEQMA4GA1UEAwwHcm9ib3QtMTBZMBMGByqGSM49AgEGCCqGSM49
            AwEHA0IABBDGMPW7jnu/CIAXPPIYkLITEZGVV6tBd9hY3mmHuPb6MSpHr36qyaz7
            LsbrGZ63jYJ/lI5sDfGmy8WS4+zKGmSgADAKBggqhkjOPQQDAgNHADBEAiB+dnxu
            MwhohuJDVsWQzW5117jUAOIrfPS//vmXj+jigAIgdTCoEQ4wHyE3UVO2sn2m5Yxj
            qTrUg1NPlzyNQ64Ygrc=
            -----END CERTIFICATE REQUEST-----
            """;

    private TestRequest() {}
}
