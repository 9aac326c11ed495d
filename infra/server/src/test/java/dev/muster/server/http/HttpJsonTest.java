package dev.muster.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.muster.identity.Role;
import dev.muster.server.security.SampleEndpoint.Thing;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class HttpJsonTest {

    private static final JsonMapper JSON = HttpJson.mapper();

    enum Odd {
        PLAIN,
        @JsonProperty("named-otherwise")
        NAMED
    }

    record Answer(
            Role role,
            Instant at,
            Duration wait_,
            @Nullable String nothing,
            Optional<String> empty,
            Map<Role, Integer> counts,
            List<Odd> odd) {}

    @Test
    void answersAreSparseAndSpeakKebab() {
        Map<Role, Integer> counts = new EnumMap<>(Role.class);
        counts.put(Role.RELEASE_MANAGER, 1);
        String json = JSON.writeValueAsString(new Answer(
                Role.RELEASE_MANAGER,
                Instant.parse("2026-01-31T09:30:00.123456789Z"),
                Duration.ofMinutes(90),
                null,
                Optional.empty(),
                counts,
                List.of(Odd.PLAIN, Odd.NAMED)));
        assertThat(json)
                .isEqualTo("{\"role\":\"release-manager\",\"at\":\"2026-01-31T09:30:00.123Z\",\"wait_\":\"PT1H30M\","
                        + "\"counts\":{\"release-manager\":1},\"odd\":[\"plain\",\"named-otherwise\"]}");
    }

    @Test
    void wholeSecondsHaveMillisecondsToo() {
        assertThat(JSON.writeValueAsString(Instant.parse("2026-01-31T09:30:00Z")))
                .isEqualTo("\"2026-01-31T09:30:00.000Z\"");
    }

    @Test
    void requestsReadTheSameForms() {
        Thing thing = JSON.readValue(
                "{\"name\":\"x\",\"role\":\"release-manager\",\"at\":\"2026-01-31T10:30:00+01:00\",\"pause\":\"P30D\"}",
                Thing.class);
        assertThat(thing.role()).isEqualTo(Role.RELEASE_MANAGER);
        assertThat(thing.at()).isEqualTo("2026-01-31T09:30:00Z");
        assertThat(thing.pause()).isEqualTo(Duration.ofDays(30));
        assertThat(thing.count()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"name":"x","colour":"red"}                  | /colour          | There is no member 'colour' here.
                    {"role":"viewer"}                            | /name            | This must not be missing.
                    {"name":null}                                | /name            | This must not be null or missing.
                    {"name":7}                                   | /name            | '7' is not a text.
                    {"name":"x","role":"VIEWER"}                 | /role            | 'VIEWER' is not one of viewer, operator, release-manager, auditor, lab-user, lab-admin, app-developer, admin.
                    {"name":"x","role":0}                        | /role            | '0' is not one of viewer, operator, release-manager, auditor, lab-user, lab-admin, app-developer, admin.
                    {"name":"x","at":1767261600}                 | /at              | Expected a moment in RFC 3339 form, e.g. 2026-01-31T09:30:00Z.
                    {"name":"x","at":"yesterday"}                | /at              | 'yesterday' is not a moment in RFC 3339 form, e.g. 2026-01-31T09:30:00Z.
                    {"name":"x","pause":"30 days"}               | /pause           | '30 days' is not a duration in ISO 8601 form, e.g. PT30M.
                    {"name":"x","count":"7"}                     | /count           | Expected a whole number.
                    {"name":"x","count":7.5}                     | /count           | '7.5' is not a whole number.
                    {"name":"x","parts":[{"kind":"a"},{"kind":"b","typ":1}]} | /parts/1/typ    | There is no member 'typ' here.
                    {"name":"x","labels":{"a/b~c":{}}}           | /labels/a~1b~0c  | Expected a text.
                    {"name":"x","labels":[]}                     | /labels          | Expected an object.
                    [1]                                          | ``               | Expected an object.
                    """)
    void faultsPointAtTheMemberInWordsOfOurOwn(String body, String pointer, String message) {
        Problem.Fault fault = fault(body);
        assertThat(fault.pointer()).isEqualTo(pointer);
        assertThat(fault.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"x\",\"name\":\"y\"}",
                "{\"name\":\"x\"} trailing",
                "{\"name\":\"x\"}{}",
                "{'name':'x'}",
                "{\"name\":\"x\",}",
                "{\"name\":NaN}",
                "{\"name\":\"x\" // no\n}",
                "{\"name\":\"\u0000\"}",
                "",
                "nul"
            })
    void whatIsNotStrictJsonIsRefused(String body) {
        assertThat(fault(body).message())
                .isNotBlank()
                .doesNotContain("tools.jackson")
                .doesNotContain("java.");
    }

    @Test
    void depthTextsNumbersAndNamesHaveLimits() {
        assertThat(fault("[".repeat(65) + "]".repeat(65)).message()).isNotBlank();
        assertThat(tree("[".repeat(100_000))).contains("too deep");
        assertThat(tree("\"" + "x".repeat((1 << 20) + 1) + "\"")).contains("too long");
        assertThat(tree("1".repeat(101))).contains("too long");
        assertThat(tree("{\"" + "n".repeat(2000) + "\":1}")).contains("too long");
        assertThat(fault("{\"name\":\"x\",\"count\":1e999999}").message()).isNotBlank();
    }

    @Test
    void namesOfClassesStayInside() {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("[]", "");
        bodies.put("7", "");
        bodies.put("{\"name\":{}}", "");
        bodies.put("{\"name\":\"x\",\"parts\":{}}", "");
        bodies.put("{\"name\":\"x\",\"parts\":[[]]}", "");
        bodies.put("{\"name\":\"x\",\"at\":\"9999999999-01-01T00:00:00Z\"}", "");
        bodies.put("{\"name\":\"x\",\"pause\":\"PT9999999999999999999S\"}", "");
        bodies.keySet().forEach(body -> assertThat(fault(body).message())
                .as(body)
                .doesNotContain("dev.muster")
                .doesNotContain("java")
                .doesNotContain("Exception"));
    }

    private static String tree(String body) {
        return BodyFault.of(catchThrowableOfType(JacksonException.class, () -> JSON.readTree(body)))
                .message();
    }

    private static Problem.Fault fault(String body) {
        JacksonException failure =
                catchThrowableOfType(JacksonException.class, () -> JSON.readValue(body, Thing.class));
        assertThat(failure).as("a refusal of %s", body).isNotNull();
        return BodyFault.of(failure);
    }
}
