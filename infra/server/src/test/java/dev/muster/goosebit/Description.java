package dev.muster.goosebit;

import dev.muster.goosebit.GoosebitWorld.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** gooseBit's surface as the served document describes it, and which of it was seen. */
final class Description {

    private final JsonNode document;
    private final Set<String> seen = new TreeSet<>();

    Description(JsonNode document) {
        this.document = document;
    }

    /** The described path that a path is. */
    String template(String path) {
        String plain = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
        List<String> found = new ArrayList<>();
        for (String each : templates()) {
            String names = Pattern.compile("\\{[^}]*}")
                    .splitAsStream(each + "/")
                    .map(Pattern::quote)
                    .collect(Collectors.joining("[^/]+"));
            if ((plain + "/").matches(names)) {
                found.add(each);
            }
        }
        if (found.size() != 1) {
            throw new AssertionError(path + " is described by " + found);
        }
        return found.getFirst();
    }

    /** All described paths, with names in braces. */
    List<String> templates() {
        return document.path("paths").properties().stream()
                .map(path -> path.getKey())
                .toList();
    }

    /** Described methods of a described path, in upper case. */
    Set<String> methods(String template) {
        Set<String> methods = new TreeSet<>();
        document.path("paths")
                .path(template)
                .properties()
                .forEach(each -> methods.add(each.getKey().toUpperCase(Locale.ROOT)));
        return methods;
    }

    /** The schema of what is sent as JSON. */
    JsonNode requestSchema(String method, String path) {
        return operation(method, template(path))
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
    }

    private JsonNode operation(String method, String template) {
        JsonNode operation = document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            throw new AssertionError(method + " " + template + " is not described");
        }
        return operation;
    }

    JsonNode resolved(JsonNode schema) {
        return SchemaCheck.resolved(document, schema);
    }

    List<String> faults(JsonNode schema, JsonNode value) {
        return SchemaCheck.faults(document, schema, value);
    }

    /** Fails unless this answer is described, by status, kind and content; notes that it was seen. */
    Answer described(String method, String path, Answer answer) {
        String template = template(path);
        String what = method + " " + template + " " + answer.status();
        JsonNode response = operation(method, template).path("responses").get(String.valueOf(answer.status()));
        if (response == null) {
            throw new AssertionError(what + " is not described: " + answer.text());
        }
        JsonNode content = resolved(response).path("content");
        if (content.isMissingNode() || method.equals("HEAD")) {
            if (answer.bytes().length > 0) {
                throw new AssertionError(what + " has a body that is not described: " + answer.text());
            }
        } else {
            JsonNode kind = content.path(answer.header("Content-Type").replaceFirst(";.*", ""));
            if (kind.isMissingNode()) {
                throw new AssertionError(what + " comes as " + answer.header("Content-Type"));
            }
            if (content.has("application/json")) {
                List<String> faults = faults(kind.path("schema"), answer.json());
                if (!faults.isEmpty()) {
                    throw new AssertionError(what + ": " + faults);
                }
            }
        }
        seen.add(what);
        return answer;
    }

    /** Described answers that nobody saw, those apart that stand for all else. */
    Set<String> unseen() {
        Set<String> unseen = new TreeSet<>();
        for (String template : templates()) {
            for (String method : methods(template)) {
                operation(method, template).path("responses").properties().stream()
                        .map(response -> response.getKey())
                        .filter(status -> !status.equals("default"))
                        .forEach(status -> unseen.add(method + " " + template + " " + status));
            }
        }
        unseen.removeAll(seen);
        return unseen;
    }

    /** Objects in answers that may have members nobody described. */
    Set<String> openAnswers() {
        Set<String> open = new TreeSet<>();
        Set<String> visited = new TreeSet<>();
        for (String template : templates()) {
            for (String method : methods(template)) {
                JsonNode responses = operation(method, template).path("responses");
                look(method + " " + template, responses, visited, open);
            }
        }
        return open;
    }

    private void look(String place, JsonNode node, Set<String> visited, Set<String> open) {
        JsonNode reference = node.get("$ref");
        if (reference != null && reference.isString()) {
            if (visited.add(reference.asString())) {
                look(reference.asString(), resolved(node), visited, open);
            }
            return;
        }
        if (node.path("properties").isObject()
                && node.path("additionalProperties").asBoolean(true)) {
            open.add(place);
        }
        node.properties().forEach(member -> look(place + "/" + member.getKey(), member.getValue(), visited, open));
        if (node.isArray()) {
            node.forEach(item -> look(place, item, visited, open));
        }
    }
}
