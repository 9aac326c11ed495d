package dev.muster.apps.reagent;

import dev.muster.wamp.Authorizer;
import dev.muster.wamp.Identity;
import dev.muster.wamp.Match;
import java.util.Arrays;
import java.util.Set;

/**
 * What a device may do at the router: answer for itself, tell of itself, ask the cloud, and nothing that concerns
 * another device. Agents do not check most of what is asked of them, so nobody but this house may ask them: a device
 * calls no device, and no session from outside is anything but a device.
 *
 * <p>A device's session has its serial number as its {@link Identity#subject}.
 */
public final class DeviceRights implements Authorizer {

    /** The authrole of devices. */
    public static final String DEVICE = "swarm_device";

    /**
     * Told to all agents at once it would make every one of them prune all its containers and stop; never published.
     */
    static final String DESTROY = "reswarm.device.%d.list/ondestroy";

    private static final String TESTAMENT = "reswarm.api.testament_device";

    private static final Set<String> ASKED_OF_ROUTER =
            Set.of("wamp.session.add_testament", "wamp.session.flush_testaments", "wamp.subscription.match");

    private static final Set<String> ASKED_OF_CLOUD = Set.of(
            "reswarm.devices.read_device_metadata",
            "reswarm.devices.get_app_cred_key",
            "reswarm.devices.update_device_status",
            "reswarm.devices.update_device_architecture",
            "reswarm.devices.check_privilege",
            "reswarm.containers.get_requested_app_states",
            "reswarm.containers.update_app_on_device",
            "reswarm.containers.get_registry_token",
            "reswarm.registry.run_gc",
            "re.tunnel.expose_port");

    private static final Set<String> HEARD_OF_ROUTER =
            Set.of("wamp.registration.on_unregister", "wamp.subscription.on_create", "wamp.subscription.on_delete");

    @Override
    public boolean may(Identity who, Action action, String uri, Match match) {
        String serial = who.subject();
        if (serial == null || serial.isEmpty() || !who.authrole().equals(DEVICE) || match != Match.EXACT) {
            return false;
        }
        String own = "re.mgmt." + serial + ".";
        return switch (action) {
            case CALL -> ASKED_OF_CLOUD.contains(uri) || ASKED_OF_ROUTER.contains(uri);
            case REGISTER -> uri.startsWith(own);
            case SUBSCRIBE -> uri.startsWith(own) || uri.equals(DESTROY) || HEARD_OF_ROUTER.contains(uri);
            case PUBLISH ->
                uri.startsWith(own) || uri.startsWith("reswarm.logs." + serial + ".") || uri.equals(TESTAMENT);
        };
    }

    /**
     * Thousands of agents hear what is subscribed and unregistered, and each acts on its own logs and terminals only.
     * What is about a device has its serial number as a part of its URI.
     */
    @Override
    public boolean hears(Identity who, String topic, String about) {
        String serial = who.subject();
        return serial != null && (about + ".").contains("." + serial + ".");
    }

    @Override
    public Set<String> hearers(String topic, String about) {
        return Set.copyOf(Arrays.asList(about.split("\\.", -1)));
    }
}
