package dev.muster.updates.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import dev.muster.updates.ActionView.Entry;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActionMeaningsTest {

    private static final Instant THEN = Instant.parse("2026-11-20T12:00:00Z");

    private static ActionView action(ActionStatus status, boolean active, Instant retryAt, ActionStatus... entries) {
        List<Entry> said = Arrays.stream(entries)
                .map(each -> new Entry(each, THEN, null, List.of(), null, null))
                .toList();
        return ActionMeanings.told(
                new ActionView(
                        new DeviceId("robot"),
                        7,
                        TestFleet.OS_2,
                        ActionType.FORCED,
                        null,
                        null,
                        null,
                        status,
                        active,
                        null,
                        null,
                        null,
                        THEN,
                        THEN,
                        null,
                        null,
                        null,
                        null,
                        null,
                        retryAt,
                        null,
                        null,
                        null,
                        null,
                        null,
                        said),
                true);
    }

    private static String meaning(ActionView view, int entry) {
        return view.entries().get(entry).meaning();
    }

    @ParameterizedTest
    @EnumSource(ActionStatus.class)
    void everyWordHasAMeaning(ActionStatus status) {
        ActionView view = action(status, true, null, status);
        assertThat(view.meaning()).isNotBlank();
        assertThat(meaning(view, 0)).isNotBlank();
    }

    @Test
    void aDeviceThatSaysCanceledHasConfirmedNothing() {
        ActionView asked = action(
                ActionStatus.CANCELING,
                true,
                null,
                ActionStatus.RUNNING,
                ActionStatus.CANCELING,
                ActionStatus.RETRIEVED,
                ActionStatus.WARNING);
        assertThat(asked.meaning()).contains("force");
        assertThat(meaning(asked, 2)).contains("read that it is to stop");
        assertThat(meaning(asked, 3)).contains("confirms nothing");
        ActionView running = action(ActionStatus.RUNNING, true, null, ActionStatus.RUNNING, ActionStatus.CANCELED);
        assertThat(meaning(running, 1)).contains("ends nothing");
        ActionView ended = action(ActionStatus.CANCELED, false, null, ActionStatus.CANCELING, ActionStatus.CANCELED);
        assertThat(meaning(ended, 1)).isEqualTo("The action ended here.");
    }

    @Test
    void anErrorInAnswerToACancelLetsTheUpdateGoOn() {
        ActionView view = action(
                ActionStatus.RUNNING, true, null, ActionStatus.CANCELING, ActionStatus.ERROR, ActionStatus.RETRIEVED);
        assertThat(meaning(view, 1)).contains("goes on");
        assertThat(meaning(view, 2)).contains("read what it is to install");
        assertThat(meaning(action(ActionStatus.ERROR, false, null, ActionStatus.ERROR), 0))
                .isEqualTo("It failed.");
    }

    @Test
    void aFailureSaysWhetherItIsTriedAgain() {
        assertThat(action(ActionStatus.ERROR, false, THEN, ActionStatus.ERROR).meaning())
                .contains("tried again at 2026-11-20T12:00:00Z");
        assertThat(action(ActionStatus.ERROR, false, null, ActionStatus.ERROR).meaning())
                .doesNotContain("again");
    }
}
