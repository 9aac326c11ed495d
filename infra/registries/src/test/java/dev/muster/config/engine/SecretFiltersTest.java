package dev.muster.config.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.config.Profile;
import dev.muster.config.RegistrySchema;
import dev.muster.kernel.Refused;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter tells whether a guess is right, so filtering by a secret is for those who may see it. */
class SecretFiltersTest {

    private static final String DOCUMENT = """
            {"storage": {"schema": {
               "users": {"keys": "string", "values": {"schema": {"name": "string", "pin": PIN}}},
               "list": {"type": "array", "values": {"schema": {"name": "string", "pin": PIN}}},
               "one": {"schema": {"name": "string", "pin": PIN}}}},
             "views": {"v": {
               "parameters": {"pin": {}, "name": {}},
               "rules": [
                 {"request": "users.{user}", "storage": "users.{user}[.pin={pin}][.name={name}]"},
                 {"request": "list[{at}]", "storage": "list[{at}][.pin={pin}][.name={name}]"},
                 {"request": "one", "storage": "one[.pin={pin}][.name={name}]"}]}}}
            """.replace("PIN", "{\"type\": \"string\", \"visibility\": \"secret\"}");

    private static final Json.Members BAG = (Json.Members) JsonReader.read("""
            {"users": {"ann": {"name": "Ann", "pin": "1234"}},
             "list": [{"name": "Ann", "pin": "1234"}],
             "one": {"name": "Ann", "pin": "1234"}}
            """);

    private final RegistrySchema registry = new Engine().compiled(DOCUMENT, Profile.CONFDB);

    private String read(String request, String parameter, String value, boolean secrets) {
        return registry.read(BAG, "v", request, Map.of(parameter, Json.of(value)), secrets)
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "users.ann", "list", "one"})
    void whoMayNotSeeASecretCannotTryItOut(String request) {
        for (String guess : new String[] {"1234", "0000"}) {
            Refused refused = assertThrows(Refused.class, () -> read(request, "pin", guess, false));
            assertEquals(ConfigRefusal.ONLY_SECRETS.code(), refused.refusal().code(), guess);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "users.ann", "list", "one"})
    void whoMaySeeItCan(String request) {
        assertEquals(true, read(request, "pin", "1234", true).contains("1234"));
        Refused refused = assertThrows(Refused.class, () -> read(request, "pin", "0000", true));
        assertEquals(ConfigRefusal.NO_DATA.code(), refused.refusal().code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"users", "users.ann", "list", "one"})
    void byWhatIsNoSecretAnybodyFilters(String request) {
        assertEquals(true, read(request, "name", "Ann", false).contains("Ann"));
        Refused refused = assertThrows(Refused.class, () -> read(request, "name", "Bob", false));
        assertEquals(ConfigRefusal.NO_DATA.code(), refused.refusal().code());
    }
}
