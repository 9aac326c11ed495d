package dev.muster.observe.command;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.kernel.Refused;
import dev.muster.observe.ObserveRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Whatever is sent as a certificate request is taken or refused, and nothing else happens. */
class CertificateRequestFuzzTest {

    @FuzzTest
    void anyTextIsTakenOrRefused(byte[] bytes) {
        ask(new String(bytes, StandardCharsets.UTF_8));
    }

    @FuzzTest
    void anyDerIsTakenOrRefused(byte[] der) {
        ask("-----BEGIN CERTIFICATE REQUEST-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE REQUEST-----\n");
    }

    private static void ask(String pem) {
        try {
            CertificateRequestRules.aRequest(pem);
        } catch (Refused refused) {
            if (!refused.refusal().code().equals(ObserveRefusal.CSR_INVALID.code())) {
                throw refused;
            }
        }
    }
}
