package dev.muster.lab.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.boards.ucl.UclReader;
import dev.muster.lab.boards.ucl.UclSource;

/** Labs from texts. */
final class Labs {

    /** One class, on a line. */
    static final String CLASS = "classes { c = { arch = arm } }\n";

    private Labs() {}

    static LabConfiguration read(String text) {
        return new LabConfigurationReader()
                .read(UclReader.ofTextAlone().read(new UclSource(null, text)).root(), null);
    }

    static Refusal refusal(String text) {
        Refused refused = catchThrowableOfType(Refused.class, () -> read(text));
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.refusal().code()).isEqualTo("lab.configuration-invalid");
        assertThat(refused.refusal().message()).hasSizeLessThan(600);
        return refused.refusal();
    }
}
