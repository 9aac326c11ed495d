package dev.muster.server.wiring;

import dev.muster.kernel.Positions;
import dev.muster.kernel.Vault;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.Documents;
import dev.muster.server.MusterSettings;
import dev.muster.server.MusterSettings.ArtifactsIn;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.BundleReader;
import dev.muster.updates.Catalogue;
import dev.muster.updates.OpenActions;
import dev.muster.updates.RemoteFiles;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.UrlPasswords;
import dev.muster.updates.artifacts.DirectoryArtifactStore;
import dev.muster.updates.artifacts.DirectorySettings;
import dev.muster.updates.artifacts.HttpRemoteFiles;
import dev.muster.updates.artifacts.RemoteSettings;
import dev.muster.updates.artifacts.S3ArtifactStore;
import dev.muster.updates.artifacts.S3Settings;
import dev.muster.updates.artifacts.VaultUrlPasswords;
import dev.muster.updates.bundles.BundleSettings;
import dev.muster.updates.bundles.Bundles;
import dev.muster.updates.bundles.CompatiblePattern;
import dev.muster.updates.bundles.signatures.SignaturePolicy;
import dev.muster.updates.bundles.signatures.SignatureSettings;
import dev.muster.updates.bundles.signatures.TrustFiles;
import dev.muster.updates.bundles.signatures.TrustedSigners;
import dev.muster.updates.command.http.Fetches;
import dev.muster.updates.command.http.ReleaseFiles;
import dev.muster.updates.command.http.Uploads;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Where files lie, and how they come in. */
@Configuration(proxyBeanMethods = false)
class ArtifactWiring {

    private static final int FILE_THREADS = 16;
    private static final int FILE_QUEUE_MAX = 10_000;
    /** The store of that, and its part of the directory or bucket. */
    static final String SCRIPT_WORDS = "script-words";

    private static final int SCRIPT_WORDS_CONNECTIONS_MAX = 8;

    @Bean(destroyMethod = "dispose")
    Scheduler fileThreads() {
        return Schedulers.newBoundedElastic(FILE_THREADS, FILE_QUEUE_MAX, "files");
    }

    @Bean
    ArtifactStore artifactStore(MusterSettings settings, Clock clock, Scheduler fileThreads) {
        if (settings.artifacts().store() == ArtifactsIn.S3) {
            S3Settings bucket = bucket(settings);
            return new S3ArtifactStore(bucket, settings.data().resolve("spool"), clock, fileThreads);
        }
        return new DirectoryArtifactStore(
                settings.data().resolve("artifacts"), DirectorySettings.defaults(), clock, fileThreads);
    }

    /**
     * What setup scripts said: among the artifacts for whoever copies them, apart from them for whoever reads them by their
     * digest.
     */
    @Bean(defaultCandidate = false)
    @Qualifier(SCRIPT_WORDS)
    ArtifactStore scriptWordFiles(MusterSettings settings, Clock clock, Scheduler fileThreads) {
        if (settings.artifacts().store() == ArtifactsIn.S3) {
            S3Settings own = bucket(settings).apart(SCRIPT_WORDS, SCRIPT_WORDS_CONNECTIONS_MAX);
            return new S3ArtifactStore(own, settings.data().resolve("spool").resolve(SCRIPT_WORDS), clock, fileThreads);
        }
        return new DirectoryArtifactStore(
                settings.data().resolve("artifacts").resolve(SCRIPT_WORDS),
                DirectorySettings.defaults(),
                clock,
                fileThreads);
    }

    private static S3Settings bucket(MusterSettings settings) {
        MusterSettings.S3 s3 = settings.artifacts().s3();
        if (s3 == null) {
            throw new IllegalStateException("muster.artifacts.store=s3 needs muster.artifacts.s3.* settings");
        }
        return S3Settings.of(URI.create(s3.endpoint()), s3.bucket(), s3.accessKey(), s3.secretKey(), s3.presign())
                .in(s3.region());
    }

    @Bean
    BundleReader.Factory bundles(MusterSettings settings, Clock clock) {
        MusterSettings.Bundles wanted = settings.bundles();
        TrustedSigners trust = TrustFiles.read(wanted.trust());
        SignaturePolicy policy = wanted.signaturePolicy();
        if (policy == null) {
            policy = trust.isEmpty() ? SignaturePolicy.NONE : SignaturePolicy.WARN;
        }
        return new Bundles(BundleSettings.defaults()
                .with(
                        CompatiblePattern.of(wanted.raucCompatiblePattern()),
                        new SignatureSettings(policy, trust, clock)));
    }

    @Bean
    Uploads uploads(ArtifactStore store, BundleReader.Factory bundles, MusterSettings settings) {
        return new Uploads(store, bundles, settings.artifacts().sizeMax());
    }

    @Bean
    ReleaseFiles releaseFiles(
            ArtifactStore store,
            Catalogue catalogue,
            OpenActions actions,
            RolloutMemberships rollouts,
            Documents documents,
            Positions positions) {
        return new ReleaseFiles(store, catalogue, actions, rollouts, () -> texts(documents), positions);
    }

    /** Texts of documents lie among the artifacts. */
    private static Set<String> texts(Documents documents) {
        Set<String> texts = new HashSet<>();
        for (DocumentKind kind : DocumentKind.values()) {
            documents.all(kind).forEach(each -> texts.add(each.content().sha256()));
        }
        return texts;
    }

    /** Its reading may wait long for other hosts, so not on the threads of our own files. */
    @Bean
    RemoteFiles remoteFiles(MusterSettings settings, Clock clock) {
        MusterSettings.Remote remote = settings.artifacts().remote();
        return new HttpRemoteFiles(
                settings.data().resolve("fetched"),
                RemoteSettings.of(remote.allowed(), remote.timeMax()),
                clock,
                Schedulers.boundedElastic());
    }

    @Bean
    UrlPasswords urlPasswords(Vault vault, Scheduler fileThreads) {
        return new VaultUrlPasswords(vault, fileThreads);
    }

    @Bean
    Fetches fetches(RemoteFiles files, UrlPasswords passwords, BundleReader.Factory bundles, MusterSettings settings) {
        return new Fetches(files, passwords, bundles, settings.artifacts().sizeMax());
    }
}
