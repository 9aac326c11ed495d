package dev.muster.apps.reagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.wamp.Authorizer.Action;
import dev.muster.wamp.Identity;
import dev.muster.wamp.Match;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device may do: contract C.1 to C.4, trap I.9 and I.12. */
class DeviceRightsTest {

    private static final Identity DEVICE =
            new Identity(1, "realm1", "2-3", DeviceRights.DEVICE, "wampcra", "muster", "s-1");
    private static final Identity PERSON = new Identity(2, "realm1", "11", "person", "wampcra", "muster", null);

    private final DeviceRights rights = new DeviceRights();

    @ParameterizedTest
    @CsvSource({
        "REGISTER, re.mgmt.s-1.request_app_state, true",
        "REGISTER, re.mgmt.s-1.term_resize.prod_7_hello.u-1, true",
        "REGISTER, re.mgmt.s-2.request_app_state, false",
        "REGISTER, re.mgmt.s-10.request_app_state, false",
        "REGISTER, reswarm.devices.update_device_status, false",
        "CALL, reswarm.devices.update_device_status, true",
        "CALL, reswarm.devices.read_device_metadata, true",
        "CALL, reswarm.devices.get_app_cred_key, true",
        "CALL, reswarm.devices.update_device_architecture, true",
        "CALL, reswarm.devices.check_privilege, true",
        "CALL, reswarm.containers.get_requested_app_states, true",
        "CALL, reswarm.containers.update_app_on_device, true",
        "CALL, reswarm.containers.get_registry_token, true",
        "CALL, reswarm.registry.run_gc, true",
        "CALL, re.tunnel.expose_port, true",
        "CALL, wamp.session.add_testament, true",
        "CALL, wamp.subscription.match, true",
        "CALL, wamp.session.kill, false",
        "CALL, wamp.session.list, false",
        "CALL, re.mgmt.s-2.execute_cmd, false",
        "CALL, re.mgmt.s-2.init_device_terminal, false",
        "CALL, re.mgmt.s-1.execute_cmd, false",
        "SUBSCRIBE, reswarm.device.%d.list/ondestroy, true",
        "SUBSCRIBE, wamp.registration.on_unregister, true",
        "SUBSCRIBE, wamp.subscription.on_create, true",
        "SUBSCRIBE, wamp.subscription.on_delete, true",
        "SUBSCRIBE, re.mgmt.s-1.term_write.u-1, true",
        "SUBSCRIBE, re.mgmt.s-2.data.u-1, false",
        "SUBSCRIBE, reswarm.logs.s-2.prod_7_hello, false",
        "SUBSCRIBE, wamp.session.on_join, false",
        "PUBLISH, reswarm.logs.s-1.prod_7_hello, true",
        "PUBLISH, re.mgmt.s-1.tunnel_state_update/onreload, true",
        "PUBLISH, re.mgmt.s-1.data.u-1, true",
        "PUBLISH, reswarm.api.testament_device, true",
        "PUBLISH, reswarm.logs.s-2.prod_7_hello, false",
        "PUBLISH, re.mgmt.s-2.term_write.u-1, false",
        "PUBLISH, reswarm.device.%d.list/ondestroy, false",
    })
    void aDeviceDoesWhatConcernsItself(Action action, String uri, boolean may) {
        assertThat(rights.may(DEVICE, action, uri, Match.EXACT)).isEqualTo(may);
        assertThat(rights.may(DEVICE, action, uri, Match.PREFIX)).isFalse();
        assertThat(rights.may(DEVICE, action, uri, Match.WILDCARD)).isFalse();
        assertThat(rights.may(PERSON, action, uri, Match.EXACT)).isFalse();
    }

    @Test
    void aDeviceHearsOfItsOwnLogsAndTerminals() {
        String topic = "wamp.subscription.on_create";
        assertThat(rights.hears(DEVICE, topic, "reswarm.logs.s-1.prod_7_hello")).isTrue();
        assertThat(rights.hears(DEVICE, topic, "muster.viewer.s-1")).isTrue();
        assertThat(rights.hears(DEVICE, topic, "reswarm.logs.s-2.prod_7_hello")).isFalse();
        assertThat(rights.hears(DEVICE, topic, "reswarm.logs.s-10.prod_7_hello"))
                .isFalse();
        assertThat(rights.hears(PERSON, topic, "reswarm.logs.s-1.prod_7_hello")).isFalse();
        assertThat(rights.hearers(topic, "reswarm.logs.s-1.prod_7_hello"))
                .contains("s-1")
                .hasSizeLessThan(6);
    }
}
