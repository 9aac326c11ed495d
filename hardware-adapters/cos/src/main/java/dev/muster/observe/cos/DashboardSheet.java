package dev.muster.observe.cos;

import dev.muster.kernel.Refusal;
import dev.muster.observe.Documents.Document;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Dashboards: a JSON object, or a text that holds one (contract §5). */
final class DashboardSheet implements Sheet {

    private static final String FIELD = "dashboard";
    private static final String NO_JSON = "Failed to load dashboard as json.";
    private static final String NO_OBJECT = "Dashboard is not a supported format (dict).";
    private static final String NO_JSON_IN_FORM = "Value must be valid JSON.";

    private final Shape shape;

    DashboardSheet(CosSettings settings) {
        this.shape = Shape.dashboard(settings);
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public String field() {
        return FIELD;
    }

    @Override
    public @Nullable String content(Fields fields) {
        JsonNode value = fields.given(FIELD, true);
        if (value == null) {
            return null;
        }
        String object = fields.body.document();
        if (object != null) {
            return object;
        }
        if (!value.isString()) {
            fields.faults.add(FIELD, NO_OBJECT);
            return null;
        }
        return fields.body.isForm() ? inForm(fields, value.asString()) : inText(fields, value.asString());
    }

    /** A form's value is JSON itself; where that is a text, the text is looked at as well. */
    private static @Nullable String inForm(Fields fields, String text) {
        switch (Body.natureOf(text)) {
            case OBJECT -> {
                return text;
            }
            case TEXT -> {
                return inText(fields, Body.JSON.readTree(text).asString());
            }
            case OTHER -> fields.faults.add(FIELD, NO_OBJECT);
            case BROKEN -> fields.faults.add(FIELD, NO_JSON_IN_FORM);
        }
        return null;
    }

    private static @Nullable String inText(Fields fields, String text) {
        Body.Nature nature = Body.natureOf(text);
        if (nature == Body.Nature.OBJECT) {
            return text;
        }
        fields.faults.add(FIELD, nature == Body.Nature.BROKEN ? NO_JSON : NO_OBJECT);
        return null;
    }

    @Override
    public void others(Fields fields) {}

    @Override
    public @Nullable String faultOf(String content) {
        return null;
    }

    @Override
    public String worded(Refusal refusal) {
        return refusal.message();
    }

    @Override
    public byte[] shown(Document document, String canonical) {
        return new JsonText(canonical.length() + 128)
                .open('{')
                .name("uid")
                .text(document.uid().value())
                .name(FIELD)
                .raw(canonical)
                .close('}')
                .bytes();
    }

    /** What the browser or agent calls the file it downloads. */
    static String disposition(String uid) {
        StringBuilder plain = new StringBuilder(uid.length());
        boolean ascii = true;
        for (int i = 0; i < uid.length(); i++) {
            char c = uid.charAt(i);
            ascii &= c < 0x80;
            if (c == '"' || c == '\\') {
                plain.append('\\').append(c);
            } else {
                plain.append(c < 0x20 || c >= 0x7f ? '_' : c);
            }
        }
        String name = "attachment; filename=\"" + plain + ".json\"";
        return ascii ? name : name + "; filename*=UTF-8''" + Percent.segment(uid) + ".json";
    }
}
