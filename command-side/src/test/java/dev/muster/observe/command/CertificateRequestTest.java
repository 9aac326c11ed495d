package dev.muster.observe.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static dev.muster.observe.ObserveRefusal.CSR_INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateRequestTest {

    private static final String BEGIN = "-----BEGIN CERTIFICATE REQUEST-----\n";
    private static final String END = "-----END CERTIFICATE REQUEST-----";

    private static void refused(String pem) {
        assertRefused(CSR_INVALID, () -> CertificateRequestRules.aRequest(pem));
    }

    /** The base64 between the first and the last line. */
    private static String base64(String pem) {
        return pem.strip().lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-4096", "rsa-2048", "p256", "p384", "ed25519", "new-label", "with-text"})
    void whatOpensslMakesIsTakenAndTrimmed(String name) {
        String pem = Requests.of(name);
        assertThat(CertificateRequestRules.aRequest("\n " + pem + "\r\n")).isEqualTo(pem.strip());
    }

    @Test
    void linesMayEndAsTheyDoElsewhere() {
        String pem = Requests.of("rsa-2048").replace("\n", "\r\n");
        assertThat(CertificateRequestRules.aRequest(pem)).isEqualTo(pem.strip());
    }

    @Test
    void theBase64MayStandOnOneLine() {
        String pem = BEGIN + base64(Requests.of("rsa-2048")) + "\n" + END;
        assertThat(CertificateRequestRules.aRequest(pem)).isEqualTo(pem);
    }

    @Test
    void thereMayBeTextAroundTheBlock() {
        String pem = "subject=CN = robot-1\n" + Requests.of("p256") + "that was all";
        assertThat(CertificateRequestRules.aRequest(pem)).isEqualTo(pem);
    }

    @Test
    void whatIsNoRequestIsRefused() {
        refused("invalid CSR content");
        refused("");
        refused(base64(Requests.of("rsa-2048")));
        refused(Requests.of("certificate"));
        refused(Requests.of("rsa-2048").replace("\n", "\\n"));
        refused(BEGIN + END);
        refused(BEGIN + "AAAA\n" + END);
        refused(Requests.of("rsa-2048").replace(END, "-----END NEW CERTIFICATE REQUEST-----"));
    }

    @Test
    void aCertificateUnderTheLabelOfARequestIsRefused() {
        refused(BEGIN + base64(Requests.of("certificate")) + "\n" + END);
    }

    @Test
    void brokenBase64IsRefused() {
        String pem = Requests.of("rsa-2048");
        refused(pem.substring(0, 200) + "!" + pem.substring(200));
        refused(BEGIN + base64(pem).substring(0, 400) + "\n" + END);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-1024", "p192"})
    void aKeyThatIsNotWorthSigningIsRefused(String name) {
        refused(Requests.of(name));
    }

    @Test
    void aRequestHasAnEnd() {
        String pem = Requests.of("p256");
        assertThat(CertificateRequestRules.aRequest(
                        "x".repeat(16_384 - pem.strip().length()) + pem))
                .hasSize(16_384);
        refused("x".repeat(16_385 - pem.strip().length()) + pem);
    }

    @Test
    void aPrivateKeyBesideItNeverEntersHistory() {
        refused(Requests.of("p256") + "-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----\n");
    }
}
