package dev.muster.config.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Profile;
import dev.muster.config.RegistryId;
import dev.muster.config.RegistrySchema;
import dev.muster.kernel.Refused;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The text form of a schema and its JSON are one document. */
class AssertionTextTest {

    private static final String BODY = "{\"storage\":{\"schema\":{\"wifi\":{\"values\":\"string\"}}}}";

    private static final String TEXT = """
            type: confdb-schema
            authority-id: acme
            account-id: acme
            name: network
            summary:
                two
                lines
            views:
              wifi-setup:
                rules:
                  -
                    request: ssid
                    storage: wifi.ssid
                    access: read
                  -
                    request: all
                    storage: wifi
                    content:
                      -
                        storage: ssid
            timestamp: 2026-01-01T00:00:00Z
            body-length: %d
            sign-key-sha3-384: abc

            %s

            c2lnbmF0dXJl
            """.formatted(BODY.length(), BODY);

    private final Engine engine = new Engine();

    @Test
    void becomesADocument() {
        String document = engine.documentOf(TEXT);
        assertEquals(new RegistryId("acme", "network"), engine.idOf(document));
        RegistrySchema schema = engine.compiled(document, Profile.CONFDB);
        assertEquals(Set.of("wifi-setup"), schema.views());
        assertEquals(Profile.CONFDB, engine.profileOf(document));
        assertEquals(Profile.REGISTRY, engine.profileOf(document.replace("confdb-schema", "registry")));
    }

    @Test
    void jsonStaysAsItIs() {
        assertEquals(" {\"name\": 1}", engine.documentOf(" {\"name\": 1}"));
    }

    @Test
    void faultsNameTheirLine() {
        Refused refused = assertThrows(
                Refused.class, () -> engine.documentOf(TEXT.replace("    request: ssid", "    request ssid")));
        assertEquals(ConfigRefusal.SCHEMA_INVALID.code(), refused.refusal().code());
        assertEquals(12, refused.refusal().details().get("line"));
        assertThrows(Refused.class, () -> engine.documentOf(TEXT.replace("body-length: ", "body-length: 9")));
        assertThrows(Refused.class, () -> engine.documentOf("a:\n  ".repeat(3)));
        assertThrows(Refused.class, () -> engine.documentOf(""));
    }

    @Test
    void nobodySpeaksForAnotherAccount() {
        String document = engine.documentOf(TEXT.replace("authority-id: acme", "authority-id: other"));
        assertThrows(Refused.class, () -> engine.idOf(document));
    }
}
