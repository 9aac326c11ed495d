package dev.muster.observe.documents.json;

import dev.muster.observe.documents.text.TextFault;
import dev.muster.observe.documents.text.TextFault.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes canonical objects and arrays apart, one level deep. */
final class JsonParts {

    private JsonParts() {}

    static Map<String, String> members(String canonical, int partsMax) {
        if (canonical.charAt(0) != '{') {
            throw new TextFault(Kind.TYPE, 0, 0, "this is no object");
        }
        Map<String, String> members = new LinkedHashMap<>();
        for (String part : parts(canonical, partsMax)) {
            int colon = stringEnd(part, 0);
            members.put(JsonStrings.text(part.substring(0, colon)), part.substring(colon + 1));
        }
        return members;
    }

    static List<String> items(String canonical, int partsMax) {
        if (canonical.charAt(0) != '[') {
            throw new TextFault(Kind.TYPE, 0, 0, "this is no array");
        }
        return parts(canonical, partsMax);
    }

    private static List<String> parts(String canonical, int partsMax) {
        List<String> parts = new ArrayList<>();
        int end = canonical.length() - 1;
        int start = 1;
        int depth = 0;
        for (int at = 1; at < end; at++) {
            switch (canonical.charAt(at)) {
                case '"' -> at = stringEnd(canonical, at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        parts.add(canonical.substring(start, at));
                        start = at + 1;
                    }
                }
                default -> {}
            }
            if (parts.size() >= partsMax) {
                throw new TextFault(Kind.LIMIT, 0, 0, "more than " + partsMax + " parts");
            }
        }
        if (end > 1) {
            parts.add(canonical.substring(start, end));
        }
        return parts;
    }

    /** The index behind the string that begins at {@code quote}. */
    private static int stringEnd(String canonical, int quote) {
        int at = quote + 1;
        while (canonical.charAt(at) != '"') {
            at += canonical.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
