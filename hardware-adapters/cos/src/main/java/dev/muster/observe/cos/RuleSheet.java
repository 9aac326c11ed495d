package dev.muster.observe.cos;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.RuleFiles;
import org.jspecify.annotations.Nullable;

/** Alert-rule files: a text of YAML (contract §6). */
final class RuleSheet implements Sheet {

    private static final String FIELD = "rules";
    private static final String NO_MAPPING = "YAML safe load must be a dictionary";

    private final Shape shape;
    private final RuleFiles ruleFiles;

    RuleSheet(CosSettings settings, RuleFiles ruleFiles) {
        this.shape = Shape.rules(settings);
        this.ruleFiles = ruleFiles;
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
        return fields.text(FIELD, true, Integer.MAX_VALUE);
    }

    /** Whether it is a template is found out, not believed; but what is sent must be a flag. */
    @Override
    public void others(Fields fields) {
        fields.flag("template");
    }

    @Override
    public @Nullable String faultOf(String content) {
        try {
            ruleFiles.read(content);
            return null;
        } catch (Refused e) {
            return worded(e.refusal());
        }
    }

    @Override
    public String worded(Refusal refusal) {
        boolean noMapping = "type".equals(refusal.details().get("fault"));
        return "Failed to load alert rule as a yaml: " + (noMapping ? NO_MAPPING : refusal.message());
    }

    @Override
    public byte[] shown(Document document, String canonical) {
        return entry(document.uid().value(), canonical, document.content().template())
                .bytes();
    }

    /** @param template null to say nothing of it: for what was rendered */
    static JsonText entry(String uid, String rules, @Nullable Boolean template) {
        JsonText json = new JsonText(rules.length() * 9 / 8 + 128)
                .open('{')
                .name("uid")
                .text(uid)
                .name(FIELD)
                .text(rules);
        if (template != null) {
            json.name("template").flag(template);
        }
        return json.close('}');
    }
}
