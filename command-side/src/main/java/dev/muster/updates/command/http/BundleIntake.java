package dev.muster.updates.command.http;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.updates.BundleFacts;
import dev.muster.updates.Catalogue;
import dev.muster.updates.ReleaseCommand.CreateRelease;
import dev.muster.updates.ReleaseCommand.DeleteRelease;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseIntake;
import dev.muster.updates.RemoteUrl;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.UrlPasswords;
import dev.muster.updates.Versions;
import dev.muster.updates.modes.FeedRollouts;
import dev.muster.updates.modes.Software;
import dev.muster.updates.modes.SoftwareShelf;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bundles that become software by number: the same way in as for everyone, and the rules of update modes at its end. */
public final class BundleIntake implements ReleaseIntake {

    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

    private final Uploads uploads;
    private final ReleaseFiles files;
    private final Fetches fetches;
    private final ReleaseAssembly assembly;
    private final Catalogue catalogue;
    private final SoftwareShelf shelf;
    private final FeedRollouts rollouts;
    private final UrlPasswords passwords;
    private final Commands commands;
    private final Positions positions;

    public BundleIntake(
            Uploads uploads,
            ReleaseFiles files,
            Fetches fetches,
            ReleaseAssembly assembly,
            Catalogue catalogue,
            SoftwareShelf shelf,
            FeedRollouts rollouts,
            UrlPasswords passwords,
            Commands commands,
            Positions positions) {
        this.uploads = uploads;
        this.files = files;
        this.fetches = fetches;
        this.assembly = assembly;
        this.catalogue = catalogue;
        this.shelf = shelf;
        this.rollouts = rollouts;
        this.passwords = passwords;
        this.commands = commands;
        this.positions = positions;
    }

    @Override
    public String fileName(String given) {
        return Uploads.fileName(given);
    }

    @Override
    public Mono<Long> upload(Flux<ByteBuffer> content, String fileName, Map<String, String> provenance) {
        // What is refused does not stay in the store either.
        return uploads.take(
                        content.map(DefaultDataBufferFactory.sharedInstance::wrap), bundle -> onlyFitting(bundle, null))
                .flatMap(upload -> files.alone(Mono.defer(() -> {
                    onlyFitting(upload.bundle(), null);
                    return assembly.of(upload, fileName, null, null, null)
                            .flatMap(command -> files.onlyStored(command.modules())
                                    .then(Mono.defer(() -> create(command, provenance))));
                })));
    }

    @Override
    public Mono<Void> remove(ReleaseId release, Map<String, String> provenance) {
        return files.alone(sent(new DeleteRelease(release), provenance).then(files.clear(release)));
    }

    @Override
    public Mono<Long> fetch(RemoteUrl url, Map<String, String> provenance) {
        return Mono.defer(() -> {
            Software replaced = from(url);
            onlyReplaceable(replaced);
            String fileName = Uploads.fileName(url.fileName());
            return fetches.take(url)
                    .flatMap(fetched -> files.alone(Mono.defer(() -> {
                        Software current = from(url);
                        onlyReplaceable(current);
                        onlyFitting(fetched.bundle(), current);
                        return assembly.of(fetched, fileName, null, null, null)
                                .flatMap(command -> create(command, provenance))
                                .flatMap(
                                        number -> withdrawn(current, provenance).thenReturn(number));
                    })));
        });
    }

    private Mono<Void> withdrawn(@Nullable Software replaced, Map<String, String> provenance) {
        return replaced == null
                ? Mono.empty()
                : sent(new DeleteRelease(replaced.release().id()), provenance);
    }

    private @Nullable Software from(RemoteUrl url) {
        for (Software each : shelf.all()) {
            String source = each.artifact().url();
            if (source != null && passwords.whole(source).equals(url.whole())) {
                return each;
            }
        }
        return null;
    }

    private void onlyReplaceable(@Nullable Software replaced) {
        if (replaced == null) {
            return;
        }
        long number = replaced.number();
        if (rollouts.all().stream().anyMatch(each -> each.software() == number)) {
            throw UpdatesRefusal.SOFTWARE_REFERENCED.because(
                    "Software with same URL already exists and is referenced by rollout");
        }
    }

    private void onlyFitting(@Nullable BundleFacts bundle, @Nullable Software replaced) {
        if (bundle == null) {
            throw UpdatesRefusal.BUNDLE_INVALID.because("The file is no update bundle.");
        }
        if (bundle.format() == BundleFacts.Format.RAUC && bundle.encrypted()) {
            throw UpdatesRefusal.BUNDLE_INVALID.because("The bundle is encrypted for its devices.");
        }
        if (!Versions.isValid(bundle.version())) {
            throw UpdatesRefusal.VERSION_INVALID.because("The bundle's version cannot be compared with others.");
        }
        shelf.onlyWithoutCollision(
                bundle.version(), bundle.compatibility(), replaced == null ? null : replaced.number());
    }

    /** A name and version that another release has, or had, is made another by the software's number. */
    private Mono<Long> create(CreateRelease command, Map<String, String> provenance) {
        long number = command.modules().getFirst().number();
        CreateRelease own = command;
        if (catalogue.find(command.releaseId()) != null) {
            String name = command.name() + " #" + number;
            own = new CreateRelease(
                    ReleaseId.of(name, command.version()),
                    name,
                    command.version(),
                    command.modules(),
                    command.migrationStep(),
                    command.notes());
        }
        return sent(own, provenance).thenReturn(number);
    }

    private Mono<Void> sent(Object command, Map<String, String> provenance) {
        return Mono.defer(() -> Mono.fromFuture(commands.<Object>send(command, provenance), true))
                .then(positions.settled(WAIT_MAX));
    }
}
