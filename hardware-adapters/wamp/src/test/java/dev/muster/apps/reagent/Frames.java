package dev.muster.apps.reagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.wamp.AgentWire;
import tools.jackson.databind.JsonNode;

/** Frames of the contract, and how they are compared. */
final class Frames {

    static final String OWN = "re.mgmt." + CloudWorld.SERIAL + ".";
    static final String LOG = "reswarm.logs." + CloudWorld.SERIAL + ".prod_7_hello";

    private Frames() {}

    /** The contract's text with single quotes for double ones, and {@code <S>} for the serial number. */
    static String frame(String text) {
        return text.replace('\'', '"').replace("<S>", CloudWorld.SERIAL);
    }

    /** A CALL of one of the cloud's procedures. */
    static String call(long request, String procedure, String args) {
        return frame("[48," + request + ",{},'" + procedure + "'" + (args.isEmpty() ? "" : "," + args) + "]");
    }

    /** A report about app 7 (G-18, G-20). */
    static String report(long request, String state, long release, String updateStatus) {
        return call(
                request,
                "reswarm.containers.update_app_on_device",
                "[{'app_key':7,'device_key':3,'swarm_key':2,'serial_number':'<S>','stage':'PROD','state':'" + state
                        + "','device_to_app_key':0,'requestor_account_key':11,'release_key':" + release
                        + ",'request_update':false,'release_build':false,'updateStatus':'" + updateStatus + "'}]");
    }

    /** All that the contract says is said; more may be. */
    static void says(JsonNode actual, String expected) {
        says(actual, AgentWire.JSON.readTree(frame(expected)), "");
    }

    private static void says(JsonNode actual, JsonNode expected, String where) {
        if (expected.isObject() && !expected.isEmpty()) {
            expected.properties()
                    .forEach(each -> says(actual.path(each.getKey()), each.getValue(), where + "/" + each.getKey()));
        } else if (expected.isArray()) {
            assertThat(actual.isArray()).as(where).isTrue();
            assertThat(actual.size()).as(where).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                says(actual.path(i), expected.path(i), where + "/" + i);
            }
        } else {
            assertThat((Object) actual).as(where).isEqualTo(expected);
        }
    }
}
