package dev.muster.updates.goosebit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The columns that the pages show, in their order (contract §7). Members that say nothing are left out. */
final class Columns {

    private final ArrayNode columns = Json.array();

    private Columns() {}

    private Columns add(String title, String data, @Nullable String name, boolean visible) {
        ObjectNode column = columns.addObject().put("title", title).put("data", data);
        if (name != null) {
            column.put("name", name).put("searchable", true).put("orderable", true);
        }
        if (!visible) {
            column.put("visible", false);
        }
        return this;
    }

    private Columns found(String title, String data, String name) {
        return add(title, data, name, true);
    }

    private Columns plain(String title, String data) {
        return add(title, data, null, true);
    }

    private ObjectNode done() {
        ObjectNode all = Json.object();
        all.set("columns", columns);
        return all;
    }

    /** @param withAddress whether addresses of devices are kept */
    static ObjectNode devices(boolean withAddress) {
        Columns columns = new Columns()
                .found("Device ID", "id", "id")
                .found("Name", "name", "name")
                .found("Model", "hardware.model", "hardware__model")
                .found("Revision", "hardware.revision", "hardware__revision")
                .found("Feed", "feed", "feed")
                .found("Installed Software", "sw_version", "sw_version")
                .found("Target Software", "assigned_software.version", "assigned_software__version")
                .found("Update Mode", "update_mode", "update_mode")
                .found("State", "last_state", "last_state")
                .plain("Force Update", "force_update")
                .plain("Progress", "progress");
        if (withAddress) {
            columns.found("Last IP", "last_ip", "last_ip");
        }
        return columns.plain("Polling", "polling")
                .plain("Last Seen", "last_seen")
                .done();
    }

    static ObjectNode software() {
        return new Columns()
                .add("ID", "id", null, false)
                .found("Name", "name", "uri")
                .found("Version", "version", "version")
                .plain("Compatibility", "compatibility")
                .plain("Size", "size")
                .done();
    }

    static ObjectNode rollouts() {
        return new Columns()
                .add("ID", "id", null, false)
                .found("Created", "created_at", "created_at")
                .found("Name", "name", "name")
                .found("Feed", "feed", "feed")
                .found("Software File", "software.name", "software__uri")
                .found("Software Version", "software.version", "software__version")
                .plain("Compatibility", "software.compatibility")
                .plain("Paused", "paused")
                .plain("Success Count", "success_count")
                .plain("Failure Count", "failure_count")
                .done();
    }

    static ObjectNode users() {
        return new Columns()
                .found("Username", "username", "username")
                .plain("Enabled", "enabled")
                .plain("Permissions", "permissions")
                .done();
    }
}
