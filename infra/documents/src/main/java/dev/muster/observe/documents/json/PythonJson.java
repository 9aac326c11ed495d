package dev.muster.observe.documents.json;

import dev.muster.observe.JsonForms;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.documents.text.Faults;
import dev.muster.observe.documents.text.TextFault;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The JSON forms that observing programs exchange. */
public final class PythonJson implements JsonForms {

    private final JsonLimits limits;

    public PythonJson(JsonLimits limits) {
        this.limits = limits;
    }

    @Override
    public String canonical(String json) {
        return refusing(() -> CanonicalJson.value(json, limits));
    }

    @Override
    public Map<String, String> members(String json) {
        return refusing(() -> JsonParts.members(CanonicalJson.value(json, limits), limits.partsMax()));
    }

    @Override
    public List<String> items(String json) {
        return refusing(() -> JsonParts.items(CanonicalJson.value(json, limits), limits.partsMax()));
    }

    @Override
    public @Nullable String text(String canonical) {
        return canonical.startsWith("\"") ? JsonStrings.text(canonical) : null;
    }

    @Override
    public String quoted(String text) {
        return JsonStrings.quoted(text);
    }

    @Override
    public String spaced(String canonical) {
        return JsonStrings.spaced(canonical);
    }

    private static <T> T refusing(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (TextFault e) {
            throw Faults.refused(ObserveRefusal.JSON_INVALID, e);
        }
    }
}
