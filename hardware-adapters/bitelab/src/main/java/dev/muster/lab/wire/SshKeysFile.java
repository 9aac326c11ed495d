package dev.muster.lab.wire;

import dev.muster.identity.UserNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys from a file in the form of {@code authorized_keys}: one a line, behind it the user name of its owner, who must be
 * known to this server; or before it {@code user="name"}, when the comment says something else. Empty lines and those
 * that begin with {@code #} mean nothing; lines that cannot be read are passed over and logged. The file is read again
 * when it has changed. Nobody but its owner may be able to write it, else it is not believed.
 *
 * <pre>
 * ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI… ann
 * user="bob" ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB… bob@laptop
 * </pre>
 */
public final class SshKeysFile implements LabKeys {

    private static final Logger LOG = LoggerFactory.getLogger(SshKeysFile.class);
    private static final long BYTES_MAX = 4L << 20;
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path file;
    private final UserNames users;
    /** Guarded by this. */
    private @Nullable FileTime readOf;

    private long lengthOf;
    private List<Key> keys = List.of();

    private record Key(PublicKey key, String userName) {}

    public SshKeysFile(Path file, UserNames users) {
        this.file = file;
        this.users = users;
    }

    @Override
    public @Nullable String personOf(PublicKey key) {
        for (Key each : keys()) {
            if (KeyUtils.compareKeys(each.key(), key)) {
                return users.personOf(each.userName());
            }
        }
        return null;
    }

    private synchronized List<Key> keys() {
        try {
            FileTime now = Files.getLastModifiedTime(file);
            long length = Files.size(file);
            if (!now.equals(readOf) || length != lengthOf) {
                keys = read(length);
                readOf = now;
                lengthOf = length;
            }
        } catch (IOException e) {
            LOG.warn("The keys of {} cannot be read: {}", file, e.toString());
            keys = List.of();
            readOf = null;
        }
        return keys;
    }

    private List<Key> read(long length) throws IOException {
        if (length > BYTES_MAX) {
            LOG.warn("{} is too large for a list of keys", file);
            return List.of();
        }
        if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            LOG.warn("{} is not believed: others than its owner can write it", file);
            return List.of();
        }
        List<Key> read = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            Key key = keyOrNull(line.strip());
            if (key == null) {
                LOG.warn("Line {} of {} is no key with a user name behind it", number, file);
            } else {
                read.add(key);
            }
        }
        return List.copyOf(read);
    }

    private static @Nullable Key keyOrNull(String line) {
        try {
            AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line);
            String option = entry.getLoginOptions().get("user");
            String name = option == null ? entry.getComment() : option;
            PublicKey key = entry.resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            return key == null || name == null || name.isBlank() ? null : new Key(key, name.strip());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return null;
        }
    }
}
