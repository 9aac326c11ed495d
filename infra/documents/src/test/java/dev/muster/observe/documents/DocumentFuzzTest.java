package dev.muster.observe.documents;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.kernel.Refused;
import dev.muster.observe.JsonFormatter;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.Uid;
import dev.muster.observe.documents.json.CanonicalJson;
import dev.muster.observe.documents.json.JsonLimits;
import dev.muster.observe.documents.json.PythonJson;
import dev.muster.observe.documents.text.Faults;
import dev.muster.observe.documents.text.TextFault;
import java.nio.charset.StandardCharsets;

/** Whatever the text is, it is either read or refused; and what was written is read again as the same. */
class DocumentFuzzTest {

    private static final RuleFiles RULES = new RuleTexts(DocumentSettings.defaults());
    private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 64, 100);
    private static final JsonFormatter FORMATTER = new PythonJson();

    @FuzzTest(maxDuration = "60s")
    void anyRuleFileIsReadOrRefused(byte[] text) {
        RuleFiles.RuleFile file;
        try {
            file = RULES.read(new String(text, StandardCharsets.UTF_8));
        } catch (Refused expected) {
            isAnAnswer(expected);
            return;
        }
        String again = RULES.read(file.canonical()).canonical();
        if (!again.equals(file.canonical())) {
            throw new AssertionError(file.canonical() + "\nis read as\n" + again);
        }
        String rendered = RULES.rendered(file.canonical(), new Uid("d"));
        if (file.template() == rendered.equals(file.canonical())) {
            throw new AssertionError("a template or none? " + file.canonical());
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyTextIsRendered(byte[] text) {
        String canonical = new String(text, StandardCharsets.UTF_8);
        RULES.rendered(canonical, new Uid("d"));
    }

    @FuzzTest(maxDuration = "60s")
    void anyJsonIsReadOrRefused(byte[] text) {
        String canonical;
        try {
            canonical = CanonicalJson.object(new String(text, StandardCharsets.UTF_8), LIMITS);
        } catch (TextFault expected) {
            isAnAnswer(Faults.refused(ObserveRefusal.DASHBOARD_INVALID, expected));
            return;
        }
        same(canonical, CanonicalJson.object(canonical, LIMITS));
        same(canonical, CanonicalJson.object(FORMATTER.spaced(canonical), LIMITS));
    }

    private static void same(String one, String other) {
        if (!one.equals(other)) {
            throw new AssertionError(one + "\nand\n" + other);
        }
    }

    private static void isAnAnswer(Refused refused) {
        if (refused.refusal().message().length() > 400
                || !refused.refusal().details().containsKey("fault")) {
            throw new AssertionError(refused);
        }
    }
}
