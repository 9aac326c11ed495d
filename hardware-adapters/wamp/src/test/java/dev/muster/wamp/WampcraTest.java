package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.wamp.Credentials.Salting;
import org.junit.jupiter.api.Test;

/** Signatures, with what is known of them from outside. */
class WampcraTest {

    static final String CHALLENGE = "{\"authid\":\"2-3\",\"authrole\":\"swarm_device\",\"authmethod\":\"wampcra\","
            + "\"authprovider\":\"fleet\",\"session\":4711,\"nonce\":\"dGVzdC1ub25jZQ==\","
            + "\"timestamp\":\"2026-01-01T00:00:00.000Z\"}";
    static final Salting SALTING = new Salting("salt123", 1000, 32);

    @Test
    void vectorG3() {
        assertThat(Wampcra.signature(TestRouter.SECRET, CHALLENGE))
                .isEqualTo("GllEhC5naGvzAMMq+D90Q5NRJftwRiZyTfZAuSDCeso=");
    }

    @Test
    void vectorG4() {
        assertThat(Wampcra.signature(Wampcra.derivedKey(TestRouter.SECRET, SALTING), CHALLENGE))
                .isEqualTo("LRfOZcoaYDEZ+XqfM7NZCRC6Up5WPpd2sXOMXgLalYA=");
    }

    @Test
    void vectorG35() {
        String challenge = "{ \"nonce\":\"LHRTC9zeOIrt_9U3\", \"authprovider\":\"userdb\", \"authid\":\"peter\", "
                + "\"timestamp\":\"2014-06-22T16:36:25.448Z\", \"authrole\":\"user\", \"authmethod\":\"wampcra\", "
                + "\"session\":3251278072152162 }";
        assertThat(Wampcra.signature("secret", challenge)).isEqualTo("NWktSrMd4ItBSAKYEwvu1bTY7G/sSyjKbz+pNP9c04A=");
    }

    @Test
    void nothingElseIsASignature() {
        String right = Wampcra.signature("secret", "challenge");
        assertThat(Wampcra.isSigned("secret", "challenge", right)).isTrue();
        assertThat(Wampcra.isSigned("secret", "challenge", "")).isFalse();
        assertThat(Wampcra.isSigned("secret", "challenge ", right)).isFalse();
        assertThat(Wampcra.isSigned("Secret", "challenge", right)).isFalse();
    }

    @Test
    void aKeyIsNotWrittenIntoLogs() {
        assertThat(Credentials.salted("person", "hush-hush", SALTING, false, null)
                        .toString())
                .doesNotContain("hush")
                .doesNotContain(Wampcra.derivedKey("hush-hush", SALTING));
    }
}
