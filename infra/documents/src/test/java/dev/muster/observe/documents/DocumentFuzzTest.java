package dev.muster.observe.documents;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.kernel.Refused;
import dev.muster.observe.JsonForms;
import dev.muster.observe.RuleFiles;
import dev.muster.observe.Uid;
import dev.muster.observe.documents.json.JsonLimits;
import dev.muster.observe.documents.json.PythonJson;
import java.nio.charset.StandardCharsets;

/** Whatever the text is, it is either read or refused; and what was written is read again as the same. */
class DocumentFuzzTest {

    private static final RuleFiles RULES = new RuleTexts(DocumentSettings.defaults());
    private static final JsonForms JSON = new PythonJson(new JsonLimits(1 << 20, 64, 100, 1000));

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
            canonical = JSON.canonical(new String(text, StandardCharsets.UTF_8));
        } catch (Refused expected) {
            isAnAnswer(expected);
            return;
        }
        same(canonical, JSON.canonical(canonical));
        same(canonical, JSON.canonical(JSON.spaced(canonical)));
        String string = JSON.text(canonical);
        if (string != null) {
            same(canonical, JSON.quoted(string));
        }
        if (canonical.startsWith("{")) {
            StringBuilder object = new StringBuilder();
            JSON.members(canonical).forEach((name, value) -> object.append(object.isEmpty() ? "{" : ",")
                    .append(JSON.quoted(name))
                    .append(':')
                    .append(value));
            same(canonical, (object.isEmpty() ? "{" : object) + "}");
        }
        if (canonical.startsWith("[")) {
            same(canonical, "[" + String.join(",", JSON.items(canonical)) + "]");
        }
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
