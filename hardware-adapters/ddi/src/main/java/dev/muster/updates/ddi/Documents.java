package dev.muster.updates.ddi;

import dev.muster.updates.ActionStatus;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import dev.muster.updates.SoftwareModule.Metadatum;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents behind a poll's links (contract §7, §9, §11, §12). */
final class Documents {

    private final Links links;
    private final MaintenanceWindows windows;

    Documents(Links links, MaintenanceWindows windows) {
        this.links = links;
        this.windows = windows;
    }

    /** An action's messages as a device sees them, newest first. */
    record History(ActionStatus status, List<String> messages) {}

    /** @param key {@code deployment} or {@code confirmation} */
    byte[] action(
            Media media,
            String key,
            Origin origin,
            String deviceId,
            DeskAction action,
            @Nullable History history,
            Instant now) {
        Offer offer = Offer.of(action, windows, now);
        return Wire.object(media, wire -> {
            wire.text("id", Integer.toString(action.number()));
            wire.object(key, () -> {
                wire.text("download", offer.download());
                wire.text("update", offer.update());
                if (offer.window() != null) {
                    wire.text("maintenanceWindow", offer.window().open() ? "available" : "unavailable");
                }
                wire.objects("chunks", action.release().modules(), module -> chunk(wire, module, origin, deviceId));
            });
            if (history != null && !history.messages().isEmpty()) {
                wire.object("actionHistory", () -> {
                    wire.text("status", word(history.status()));
                    wire.texts("messages", history.messages());
                });
            }
            wire.links();
        });
    }

    /** Devices know hawkBit's words; that they have to prove what they installed is none of them. */
    private static String word(ActionStatus status) {
        return (status == ActionStatus.INSTALLED ? ActionStatus.FINISHED : status).name();
    }

    private void chunk(Wire wire, SoftwareModule module, Origin origin, String deviceId) {
        wire.text("part", part(module.type()));
        wire.text("version", module.version());
        wire.text("name", module.name());
        if (module.encrypted()) {
            wire.flag("encrypted", true);
        }
        wire.objects(
                "artifacts",
                module.artifacts(),
                artifact -> artifact(wire, artifact, module.number(), origin, deviceId));
        List<Metadatum> visible =
                module.metadata().stream().filter(Metadatum::visible).toList();
        if (!visible.isEmpty()) {
            wire.objects("metadata", visible, each -> {
                wire.text("key", each.key());
                wire.text("value", each.value());
            });
        }
    }

    /** Two of hawkBit's module types have old names on the wire. */
    private static String part(String type) {
        return switch (type) {
            case "application" -> "bApp";
            case "runtime" -> "jvm";
            default -> type;
        };
    }

    /** Both pairs of links, always: some clients know only the one, some only the other. */
    private void artifact(Wire wire, Artifact artifact, long module, Origin origin, String deviceId) {
        String file = links.artifact(origin, deviceId, module, artifact.fileName());
        String md5 = file + ".MD5SUM";
        wire.text("filename", artifact.fileName());
        wire.object("hashes", () -> {
            wire.text("sha1", artifact.sha1());
            wire.text("md5", artifact.md5());
            wire.text("sha256", artifact.sha256());
        });
        wire.number("size", artifact.size());
        wire.links("download", file, "md5sum", md5, "download-http", file, "md5sum-http", md5);
    }

    byte[] artifacts(Media media, Origin origin, String deviceId, SoftwareModule module) {
        return Wire.array(
                media,
                module.artifacts(),
                (wire, artifact) -> artifact(wire, artifact, module.number(), origin, deviceId));
    }

    byte[] cancel(Media media, int number) {
        String id = Integer.toString(number);
        return Wire.object(media, wire -> {
            wire.text("id", id);
            wire.object("cancelAction", () -> wire.text("stopId", id));
            wire.links();
        });
    }

    byte[] confirmationBase(Media media, Origin origin, DeskEntry entry, Instant now) {
        String id = entry.id.value();
        DeskEntry.AutoConfirm auto = entry.autoConfirm;
        DeskAction current = entry.current();
        return Wire.object(media, wire -> {
            wire.object("autoConfirm", () -> {
                wire.flag("active", auto != null);
                if (auto != null) {
                    wire.text("initiator", auto.initiator());
                    wire.text("remark", auto.remark());
                }
                wire.number("activatedAt", auto == null ? 0 : auto.at().toEpochMilli());
                wire.links();
            });
            wire.links(
                    "activateAutoConfirm",
                    auto == null ? links.activateAutoConfirm(origin, id) : null,
                    "deactivateAutoConfirm",
                    auto == null ? null : links.deactivateAutoConfirm(origin, id),
                    "confirmationBase",
                    current == null || !current.waiting()
                            ? null
                            : links.confirmation(
                                    origin, id, current.number(), Offer.cacheBuster(current, windows, now)));
        });
    }
}
