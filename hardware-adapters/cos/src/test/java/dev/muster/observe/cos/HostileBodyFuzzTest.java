package dev.muster.observe.cos;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.Enrolments;
import java.time.Instant;
import java.util.List;

/** Whatever is sent is read or refused with a 4xx; nothing else happens. */
class HostileBodyFuzzTest {

    private static final FakeObservatory NOTHING = new FakeObservatory(() -> Instant.EPOCH);
    private static final Enrolments NOBODY = NOTHING;
    private static final CosSettings SETTINGS = CosSettings.DEFAULTS;

    @FuzzTest
    void aDeviceIsReadOrRefused(byte[] body) {
        refusedAtMost(() ->
                DeviceInput.read(Body.json(body, body.length, Shape.device(SETTINGS)), false, null, NOBODY, NOTHING));
        refusedAtMost(() -> DeviceInput.read(
                Body.form(new String(body, java.nio.charset.StandardCharsets.UTF_8), Shape.device(SETTINGS)),
                true,
                null,
                NOBODY,
                NOTHING));
    }

    @FuzzTest
    void aDocumentIsReadOrRefused(byte[] body) {
        for (Sheet sheet : List.of(new DashboardSheet(SETTINGS), new RuleSheet(SETTINGS, new Unread()))) {
            refusedAtMost(() -> {
                Fields fields = new Fields(Body.json(body, body.length, sheet.shape()), false);
                fields.uid();
                String content = sheet.content(fields);
                sheet.others(fields);
                if (content == null && !fields.faults.any()) {
                    throw new AssertionError("no content, and nobody says so");
                }
            });
        }
    }

    @FuzzTest
    void aPathLeadsSomewhereOrNowhere(String path) {
        Paths paths = new Paths("/cos");
        Route route = paths.find("/cos" + path);
        if (route != null && route.uid().indexOf('/') >= 0) {
            throw new AssertionError("a slash got through: " + path);
        }
        paths.slashed("/cos" + path);
    }

    @FuzzTest
    void headersNeverFail(String header) {
        if (header == null) {
            return;
        }
        refusedAtMost(() -> Rendering.wanted(List.of(header), null));
        refusedAtMost(() -> Form.read(header));
        new Hosts(List.of("a.example")).accepts(header);
        if (DashboardSheet.disposition(header).chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
            throw new AssertionError("a header that is none");
        }
        String shown = new String(Html.escaped(header.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        if (shown.indexOf('<') >= 0 || Html.escaped(header).indexOf('<') >= 0) {
            throw new AssertionError("markup got through");
        }
        Body.JSON.readTree(new JsonText().text(header).bytes());
    }

    private static void refusedAtMost(Runnable reading) {
        try {
            reading.run();
        } catch (CosFailure refused) {
            if (refused.status() >= 500) {
                throw refused;
            }
        }
    }

    private static final class Unread implements dev.muster.observe.RuleFiles {
        @Override
        public RuleFile read(String yaml) {
            return new RuleFile(yaml, false, List.of());
        }

        @Override
        public String rendered(String canonical, dev.muster.observe.Uid device) {
            return canonical + DocumentKind.PROMETHEUS_RULES;
        }
    }
}
