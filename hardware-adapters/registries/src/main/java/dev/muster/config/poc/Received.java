package dev.muster.config.poc;

import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A body that has arrived whole. Only the first {@code size} of the bytes are its own. */
record Received(byte[] bytes, int size, boolean isJson) {

    private static final String JSON = "application/json";
    private static final String APPLICATION = "application/";

    /** What it says, and how it says it. */
    record Parsed(String text, Json value) {}

    /** Fails with 422 as the contract has it: no body, no JSON. What is JSON but no object is for {@link Input}. */
    Parsed parsed() {
        if (size == 0) {
            throw PocFailure.unprocessable(Problem.missing("[\"body\"]", "null"));
        }
        if (!isJson) {
            String shown = new String(bytes, 0, size, StandardCharsets.UTF_8);
            throw PocFailure.unprocessable(Problem.noFields(Json.of(shown)));
        }
        String text = decoded();
        try {
            return new Parsed(text, JsonReader.read(text));
        } catch (JsonFault fault) {
            // The original counts characters, not their halves.
            int offset = text.codePointCount(0, fault.offset());
            String reason = fault.getMessage();
            throw PocFailure.unprocessable(Problem.noJson(offset, reason == null ? "" : reason));
        }
    }

    private String decoded() {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(size);
        boolean broken =
                decoder.decode(ByteBuffer.wrap(bytes, 0, size), text, true).isError();
        text.flip();
        if (broken) {
            throw PocFailure.unprocessable(
                    Problem.noJson(text.toString().codePointCount(0, text.length()), "the text is no UTF-8"));
        }
        return text.toString();
    }

    /** Whether a body of this type is read as JSON; one without a type is. */
    static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.equals(JSON) || contentType.isBlank()) {
            return true;
        }
        String media = List.of(contentType.split(";", 2)).getFirst().strip().toLowerCase(Locale.ROOT);
        return media.equals(JSON) || (media.startsWith(APPLICATION) && media.endsWith("+json"));
    }
}
