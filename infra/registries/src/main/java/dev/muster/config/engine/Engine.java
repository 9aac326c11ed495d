package dev.muster.config.engine;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import dev.muster.config.Profile;
import dev.muster.config.RegistryEngine;
import dev.muster.config.RegistryId;
import dev.muster.config.RegistrySchema;
import dev.muster.kernel.Refused;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** Reads registry documents (contract §5). */
public final class Engine implements RegistryEngine {

    @Override
    public RegistrySchema compiled(String document, Profile profile) {
        Json.Members read = parsed(document);
        try {
            Json storage = read.get("storage");
            String at = "/storage";
            if (storage == null && read.get("body") instanceof Json.Text body) {
                storage = body(body.value()).get("storage");
                at = "/body";
            }
            if (storage == null) {
                throw new SchemaFault("", "'storage' is missing");
            }
            Type.ClosedMap types = TypeReader.read(storage, at);
            String views = read.get("views") == null && read.get("aspects") != null ? "aspects" : "views";
            SortedMap<String, View> compiled = ViewReader.read(read.get(views), "/" + views, types, profile);
            return new CompiledRegistry(profile, types, compiled);
        } catch (SchemaFault fault) {
            throw located(fault, document);
        }
    }

    @Override
    public Profile profileOf(String document) {
        boolean older = parsed(document).get("type") instanceof Json.Text type
                && (type.value().equals("registry") || type.value().equals("aspect-bundle"));
        return older ? Profile.REGISTRY : Profile.CONFDB;
    }

    @Override
    public String documentOf(String posted) {
        if (posted.length() > DOCUMENT_LENGTH_MAX) {
            throw tooLong();
        }
        if (posted.stripLeading().startsWith("{")) {
            return posted;
        }
        try {
            return AssertionText.read(posted).toString();
        } catch (AssertionText.TextFault fault) {
            throw ConfigRefusal.SCHEMA_INVALID.because(
                    "Line " + fault.line() + ": " + fault.what() + ".",
                    Map.of("pointer", "", "line", fault.line(), "column", 1));
        }
    }

    @Override
    public RegistryId idOf(String document) {
        Json.Members read = parsed(document);
        try {
            String account = named(read, "account-id");
            Json authority = read.get("authority-id");
            if (authority != null && !authority.equals(Json.of(account)) && !account.equals("system")) {
                throw new SchemaFault("/authority-id", "only an account itself speaks for it");
            }
            return new RegistryId(account, named(read, "name"));
        } catch (SchemaFault fault) {
            throw located(fault, document);
        }
    }

    private static String named(Json.Members document, String member) {
        if (document.get(member) instanceof Json.Text text) {
            return text.value();
        }
        throw new SchemaFault("/" + member, "'" + member + "' is missing or no string");
    }

    private static Refused tooLong() {
        return ConfigRefusal.SCHEMA_INVALID.because(
                "A registry's document has at most " + DOCUMENT_LENGTH_MAX + " characters.",
                Map.of("pointer", "", "line", 1, "column", 1));
    }

    private static Json.Members parsed(String document) {
        if (document.length() > DOCUMENT_LENGTH_MAX) {
            throw tooLong();
        }
        try {
            if (JsonReader.read(document) instanceof Json.Members members) {
                return members;
            }
        } catch (JsonFault fault) {
            throw ConfigRefusal.SCHEMA_INVALID.because(
                    "Line " + fault.line() + ", column " + fault.column() + ": " + fault.getMessage() + ".",
                    Map.of("pointer", "", "line", fault.line(), "column", fault.column()));
        }
        throw ConfigRefusal.SCHEMA_INVALID.because(
                "A registry's document is an object.", Map.of("pointer", "", "line", 1, "column", 1));
    }

    private static Json.Members body(String body) {
        try {
            if (JsonReader.read(body) instanceof Json.Members members) {
                return members;
            }
        } catch (JsonFault fault) {
            throw new SchemaFault(
                    "/body",
                    "line " + fault.line() + ", column " + fault.column() + " of the body: " + fault.getMessage());
        }
        throw new SchemaFault("/body", "the body is an object in JSON");
    }

    /** What is inside a body is all in one line of the document, so its pointer says more than its line. */
    private static Refused located(SchemaFault fault, String document) {
        JsonFault place = JsonFault.at(document, JsonReader.placeOf(document, fault.pointer()));
        Map<String, Object> details = new HashMap<>();
        details.put("pointer", fault.pointer());
        details.put("line", place.line());
        details.put("column", place.column());
        return ConfigRefusal.SCHEMA_INVALID.because(
                "Line " + place.line() + ", at '" + fault.pointer() + "': " + fault.getMessage() + ".", details);
    }
}
