package dev.muster.updates.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompiledFiltersTest {

    private final List<String> compiled = new ArrayList<>();
    private long now = 1_000;

    private final CompiledFilters filters = new CompiledFilters(rsql -> {
        compiled.add(rsql);
        return FilterCompiler.compile(rsql, new Terms(now, now), QuerySettings.DEFAULTS);
    });

    @Test
    void aFilterIsCompiledOnceHoweverOftenDevicesChange() {
        Filter first = filters.of("name==robot-*");
        for (int i = 0; i < 1_000; i++) {
            assertThat(filters.of("name==robot-*")).isSameAs(first);
        }
        assertThat(compiled).containsExactly("name==robot-*");
    }

    @Test
    void thePresentIsAnotherEachTime() {
        String recent = "lastseen=lt=${NOW_TS}";
        Filter first = filters.of(recent);
        now = 2_000;
        assertThat(filters.of(recent)).isNotSameAs(first);
        assertThat(compiled).containsExactly(recent, recent);
    }

    @Test
    void whatCannotBeReadIsRefusedEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> filters.of("(name==a")).isInstanceOf(Refused.class);
        }
        assertThat(compiled).hasSize(2);
    }

    @Test
    void onlySoManyAreKept() {
        for (int i = 0; i < 1_000; i++) {
            filters.of("name==r" + i);
        }
        compiled.clear();
        filters.of("name==r999");
        assertThat(compiled).isEmpty();
        filters.of("name==r0");
        assertThat(compiled).containsExactly("name==r0");
    }
}
