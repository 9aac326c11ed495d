package dev.muster.updates.query;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.muster.kernel.Refused;
import dev.muster.registry.Origin;
import java.util.List;
import java.util.Map;

/** Whatever is written as a filter is either answered or refused. */
class FilterFuzzTest {

    private static final TestFleet FLEET = new TestFleet()
            .registered("dev1", "lab", List.of("a"), Map.of("k", "v"), Origin.OPERATOR)
            .reports("dev1", Map.of("hw", "1"));

    @FuzzTest
    void anyTextIsAnsweredOrRefused(FuzzedDataProvider data) {
        String filter = data.consumeRemainingAsString();
        try {
            FLEET.index.matching(filter);
        } catch (Refused refused) {
            if (!refused.refusal().code().equals("kernel.invalid-filter")) {
                throw refused;
            }
        }
    }
}
