package dev.muster.config.snapd;

import dev.muster.registry.DeviceId;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * One device's socket. Whoever may open the file is trusted as root of that device.
 *
 * @param path of the file; its directory exists
 * @param shared whether the file's group may open it beside its owner
 * @param confdb as which generation {@code /v2/confdb} is answered there
 */
public record DeviceSocket(Path path, DeviceId device, boolean shared, Generation confdb) {

    /** Refuses a generation whose paths are not those of confdb. */
    public DeviceSocket {
        path = path.toAbsolutePath().normalize();
        if (!confdb.isConfdb()) {
            throw new IllegalArgumentException(confdb + " has a path of its own and is no generation of confdb");
        }
    }

    Set<PosixFilePermission> mode() {
        return PosixFilePermissions.fromString(shared ? "rw-rw----" : "rw-------");
    }
}
