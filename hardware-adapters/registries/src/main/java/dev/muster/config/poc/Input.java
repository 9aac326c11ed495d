package dev.muster.config.poc;

import dev.muster.config.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of a body. Whatever is wrong with them is gathered and told at once; fields nobody asks for are passed over. */
final class Input {

    private static final int VERSION = 4;

    private final Json.Members members;
    private final List<Problem> problems = new ArrayList<>();

    private Input(Json.Members members) {
        this.members = members;
    }

    /** Fails with 422 for what has no fields. */
    static Input of(Json body) {
        if (body instanceof Json.Members members) {
            return new Input(members);
        }
        throw PocFailure.unprocessable(Problem.noFields(body));
    }

    /** Null, and a problem, when there is no such text. */
    @Nullable
    String text(String field) {
        Json value = members.get(field);
        if (!(value instanceof Json.Text text)) {
            problems.add(
                    value == null
                            ? Problem.missing(place(field), Problem.input(members))
                            : Problem.noText(place(field), value));
            return null;
        }
        if (hasHalfCharacters(text.value())) {
            problems.add(Problem.noUnicode(place(field)));
            return null;
        }
        return text.value();
    }

    /** As {@link #text}, and no private key: people do mix up their files. */
    @Nullable
    String publicKey(String field) {
        String text = text(field);
        if (text != null && text.contains("PRIVATE KEY-----")) {
            problems.add(Problem.privateKey(place(field)));
            return null;
        }
        return text;
    }

    /** Null, and a problem, when there is no such object. */
    Json.@Nullable Members object(String field) {
        Json value = members.get(field);
        if (value instanceof Json.Members object) {
            return object;
        }
        problems.add(
                value == null
                        ? Problem.missing(place(field), Problem.input(members))
                        : Problem.noObject(place(field), value));
        return null;
    }

    /** Null, and a problem, when there is no UUID of version 4. */
    @Nullable
    UUID uuid(String field) {
        Json value = members.get(field);
        if (value instanceof Json.Text text) {
            Uuids.Reading reading = Uuids.read(text.value());
            UUID id = reading.id();
            if (id != null && id.version() == VERSION) {
                return id;
            }
            problems.add(
                    id == null
                            ? Problem.noUuid(place(field), text.value(), reading.fault())
                            : Problem.otherVersion(place(field), text.value()));
            return null;
        }
        problems.add(
                value == null
                        ? Problem.missing(place(field), Problem.input(members))
                        : Problem.noUuidText(place(field), value));
        return null;
    }

    /** 422 with everything that was found; only when something was. */
    PocFailure refusal() {
        return PocFailure.unprocessable(problems);
    }

    private static String place(String field) {
        return "[\"body\"," + Json.of(field) + "]";
    }

    private static boolean hasHalfCharacters(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
