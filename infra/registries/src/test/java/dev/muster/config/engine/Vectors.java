package dev.muster.config.engine;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.kernel.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The recorded answers of the contract's sections 14 and 15, as they stand there. */
final class Vectors {

    private static final Map<String, String> KINDS = Map.of(
            ConfigRefusal.NO_VIEW.code(), "no-view",
            ConfigRefusal.NO_MATCH.code(), "no-match",
            ConfigRefusal.NO_DATA.code(), "no-data",
            ConfigRefusal.BAD_REQUEST.code(), "bad-request",
            ConfigRefusal.UNMATCHED_CONSTRAINTS.code(), "unmatched-constraints",
            ConfigRefusal.UNCONSTRAINED.code(), "unconstrained",
            ConfigRefusal.ONLY_SECRETS.code(), "unauthorized",
            ConfigRefusal.VALUE_INVALID.code(), "validation",
            ConfigRefusal.STORAGE_MISMATCH.code(), "error");

    private Vectors() {}

    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Json.Members> lines(String name) {
        return text(name)
                .lines()
                .map(line -> (Json.Members) JsonReader.read(line))
                .toList();
    }

    /** The refusal as a vector has it: {@code error}, and {@code at} for validation. */
    static Json.Members answer(Refused refused) {
        String code = refused.refusal().code();
        Json.Members answer = Json.Members.NONE.with("error", Json.of(KINDS.getOrDefault(code, code)));
        Object at = refused.refusal().details().get("at");
        return at == null ? answer : answer.with("at", Json.of(at.toString()));
    }

    static Json need(Json.Members members, String name) {
        return Objects.requireNonNull(members.get(name), () -> name + " in " + members);
    }

    static String word(Json.Members members, String name, String otherwise) {
        return members.get(name) instanceof Json.Text text ? text.value() : otherwise;
    }
}
