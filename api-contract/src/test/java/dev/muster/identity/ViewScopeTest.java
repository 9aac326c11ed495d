package dev.muster.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.identity.ViewScope.Right;
import dev.muster.kernel.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewScopeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry:read:network/observe-device",
                "registry:write:network/control-tunnel",
                "registry:write:f22PSauKuNkwQTM9Wz67ZCjNACuSjjhN/network/control-tunnel",
                "registry:secrets"
            })
    void isWrittenAsItIsRead(String text) {
        assertThat(ViewScope.isMeant(text)).isTrue();
        assertThat(ViewScope.named(text)).hasToString(text);
        assertThat(ViewScope.stored(text)).contains(ViewScope.named(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry:",
                "registry:read",
                "registry:read:",
                "registry:read:network",
                "registry:read:network/",
                "registry:read:/observe-device",
                "registry:read:network/Observe",
                "registry:read:a/b/c/d",
                "registry:read:network/-x",
                "registry:read:network/x-",
                "registry:secrets:network/observe-device",
                "registry:admin:network/observe-device",
                "devices-read"
            })
    void nothingElseIsOne(String text) {
        assertThatThrownBy(() -> ViewScope.named(text)).isInstanceOf(Refused.class);
        assertThat(ViewScope.stored(text)).isEmpty();
    }

    @Test
    void aLongOneIsNone() {
        assertThat(ViewScope.stored("registry:read:" + "a".repeat(100_000) + "/b"))
                .isEmpty();
    }

    @Test
    void coversItsViewInItsWayOnly() {
        ViewScope any = ViewScope.named("registry:read:network/observe-device");
        assertThat(any.covers(Right.READ, "acme", "network", "observe-device")).isTrue();
        assertThat(any.covers(Right.READ, "other", "network", "observe-device")).isTrue();
        assertThat(any.covers(Right.WRITE, "acme", "network", "observe-device")).isFalse();
        assertThat(any.covers(Right.READ, "acme", "network", "control-device")).isFalse();
        ViewScope one = ViewScope.named("registry:read:acme/network/observe-device");
        assertThat(one.covers(Right.READ, "acme", "network", "observe-device")).isTrue();
        assertThat(one.covers(Right.READ, "other", "network", "observe-device")).isFalse();
        assertThat(ViewScope.named("registry:secrets").covers(Right.READ, "acme", "network", "observe-device"))
                .isFalse();
    }
}
