package dev.muster.server;

import dev.muster.config.snapd.Generation;
import dev.muster.observe.query.LinkSettings;
import dev.muster.updates.bundles.CompatiblePattern;
import dev.muster.updates.bundles.signatures.SignaturePolicy;
import dev.muster.updates.bundles.signatures.TrustFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything about this process that can be set, with its default.
 *
 * @param data where the embedded stores lie; one process at a time
 * @param tenant the first path segment of the device protocols
 * @param adminTokenFile a file that gets an admin API token with mode 0600, or null
 * @param demo whether this is a demonstration with a simulated fleet; said on every page
 * @param demoDevices how many simulated devices
 * @param training for so long the server plays a small fleet against itself and stops, so that a JVM that watches learns
 *     what is used often; on empty data only; null for a server that serves
 */
@ConfigurationProperties("muster")
public record MusterSettings(
        @DefaultValue(".muster/data") Path data,
        @DefaultValue("DEFAULT") String tenant,
        @Nullable Path adminTokenFile,
        @DefaultValue Events events,
        @DefaultValue Views views,
        @DefaultValue Artifacts artifacts,
        @DefaultValue Bundles bundles,
        @DefaultValue Commands commands,
        @DefaultValue Ddi ddi,
        @DefaultValue Goosebit goosebit,
        @DefaultValue Modes modes,
        @DefaultValue Cos cos,
        @DefaultValue Observe observe,
        @DefaultValue Lab lab,
        @DefaultValue Registries registries,
        @DefaultValue Apps apps,
        @Nullable Oidc oidc,
        @DefaultValue("false") boolean demo,
        @DefaultValue("500") int demoDevices,
        @Nullable Duration training) {

    public enum EventsIn {
        EMBEDDED,
        AXON_SERVER
    }

    public enum ArtifactsIn {
        DIRECTORY,
        S3
    }

    /**
     * @param store where events are kept
     * @param axonServer {@code host:port} of Axon Server, for {@link EventsIn#AXON_SERVER}
     * @param axonContext its context
     */
    public record Events(
            @DefaultValue("EMBEDDED") EventsIn store,
            @DefaultValue("localhost:8124") String axonServer,
            @DefaultValue("default") String axonContext) {}

    /**
     * @param mongoUri a MongoDB 7 or 8, or null for the one in this process
     * @param database name of the database
     */
    public record Views(
            @Nullable String mongoUri,
            @DefaultValue("muster") String database) {}

    /**
     * @param store where files are kept
     * @param sizeMax bytes in one artifact
     * @param s3 the bucket, for {@link ArtifactsIn#S3}
     * @param remote what may be read from other hosts
     */
    public record Artifacts(
            @DefaultValue("DIRECTORY") ArtifactsIn store,
            @DefaultValue("1073741824") long sizeMax,
            @Nullable S3 s3,
            @DefaultValue Remote remote) {}

    /**
     * Files that stay on other hosts and are read once.
     *
     * @param allowed host names, domains ({@code .lan}), addresses or CIDR ranges that may be read though they are not
     *     public, and on any port
     * @param timeMax for all of a file
     */
    public record Remote(
            @DefaultValue List<String> allowed,
            @DefaultValue("PT30M") Duration timeMax) {}

    /** @param presign whether devices are sent to the bucket itself */
    public record S3(
            String endpoint,
            @DefaultValue("us-east-1") String region,
            String bucket,
            String accessKey,
            String secretKey,
            @DefaultValue("false") boolean presign) {}

    /**
     * What is made of update bundles when they are uploaded.
     *
     * @param raucCompatiblePattern splits {@code compatible} of RAUC bundles into board and revision: a regular expression
     *     with the groups {@code (?P<hw_boardname>…)} and {@code (?P<hw_revision>…)}; null: all of it is the board
     * @param trust files in PEM with certificates of signers or of who issues them, and with RSA public keys
     * @param signaturePolicy what becomes of bundles that nobody of those signed; null: a warning where something is
     *     trusted, else nothing
     */
    public record Bundles(
            @Nullable String raucCompatiblePattern,
            @DefaultValue List<Path> trust,
            @Nullable SignaturePolicy signaturePolicy) {

        /** Looks at pattern and files, so that what is wrong with them is told as that of any setting. */
        public Bundles {
            CompatiblePattern.of(raucCompatiblePattern);
            boolean checks = signaturePolicy != null && signaturePolicy != SignaturePolicy.NONE;
            if (TrustFiles.read(trust).isEmpty() && checks) {
                throw new IllegalArgumentException(
                        "muster.bundles.signature-policy needs muster.bundles.trust: nobody's signatures are trusted");
            }
        }
    }

    /**
     * @param inFlightMax commands handled at once; more are refused with 503
     * @param aggregatesCached aggregates kept in memory
     */
    public record Commands(
            @DefaultValue("4096") int inFlightMax,
            @DefaultValue("20000") int aggregatesCached) {}

    /**
     * @param trustedProxies addresses or CIDR ranges whose forwarding and certificate headers are believed
     * @param silentAfter how long after its expected poll a device counts as silent
     */
    public record Ddi(
            @DefaultValue List<String> trustedProxies,
            @DefaultValue("PT15M") Duration silentAfter) {}

    /**
     * gooseBit's surface below {@code /goosebit}.
     *
     * @param tenants first path segments of its devices, any case; none: {@code muster.tenant}
     * @param deviceAuth whether its devices have to prove who they are, in the manner of the settings' trust
     * @param setup whether whoever comes first may make themselves administrator there, without the one-time link
     * @param metrics whether counts are answered there for Prometheus
     */
    public record Goosebit(
            @DefaultValue List<String> tenants,
            @DefaultValue("true") boolean deviceAuth,
            @DefaultValue("false") boolean setup,
            @DefaultValue("false") boolean metrics) {}

    /**
     * Updates by mode: devices that follow a feed or the newest software.
     *
     * @param runningMax how many of them may install at once
     * @param silenceMax after so long without a word a running update counts as failed
     */
    public record Modes(
            @DefaultValue("1000") int runningMax,
            @DefaultValue("P1D") Duration silenceMax) {}

    /**
     * The wire of the COS registration server. Without a trusted network and without tokens it answers nobody.
     *
     * @param prefix where it is mounted
     * @param modelName first word of the paths of applications, {@code {model}} in links
     * @param allowedHosts names this server goes by in {@code Host}, beside localhost and plain addresses
     * @param trustedNetworks addresses or CIDR ranges from which nobody needs a token: whoever is there may do all
     * @param tokenMemory how long a token speaks for its address where the agent sends none; zero for not at all
     */
    public record Cos(
            @DefaultValue("/cos") String prefix,
            @DefaultValue("") String modelName,
            @DefaultValue List<String> allowedHosts,
            @DefaultValue List<String> trustedNetworks,
            @DefaultValue("PT0S") Duration tokenMemory) {}

    /**
     * @param scrapePort port of the devices' exporters, where Prometheus' question names none
     * @param links templates of links to where devices are looked at
     */
    public record Observe(
            @DefaultValue("9100") int scrapePort,
            @DefaultValue Links links) {}

    /**
     * The board lab. With nothing set it is empty until a configuration is put in force.
     *
     * @param configuration file with the boards in UCL, or a {@code .env} file that names one; put in force at the first
     *     start, and whenever somebody asks for that
     * @param prefix where the wire of lab clients is mounted
     * @param controllerHost where the ssh server is that gives out tokens, for clients that have none yet; null: this
     *     server's own where there is one, else there is no way for them
     * @param controllerPort of it
     * @param sshKeys public keys with the names of their owners, as in {@code authorized_keys}; with it this server has an
     *     ssh server that gives out tokens
     * @param sshdPort of that one, on 127.0.0.1; 0: any that is free
     * @param sshHostKey file of its host key, made at the first start; null: in the data directory
     * @param tokenLife of tokens that somebody makes for themselves or through ssh; a day at most
     * @param scriptReserveMax how long the setup script may take to make an environment
     * @param scriptReleaseMax how long it may take to unmake one
     * @param silenceMax for how long whoever reserved with {@code keepalive} may be silent
     * @param consoleLocks directory where programs of this machine say which serial lines they use
     */
    public record Lab(
            @Nullable Path configuration,
            @DefaultValue("/bitelab") String prefix,
            @Nullable String controllerHost,
            @DefaultValue("22") int controllerPort,
            @Nullable Path sshKeys,
            @DefaultValue("0") int sshdPort,
            @Nullable Path sshHostKey,
            @DefaultValue("PT12H") Duration tokenLife,
            @DefaultValue("PT2M") Duration scriptReserveMax,
            @DefaultValue("PT2M") Duration scriptReleaseMax,
            @DefaultValue("PT5M") Duration silenceMax,
            @DefaultValue("/var/lock") Path consoleLocks) {}

    /**
     * Configuration registries. Without a trusted network and without tokens the agents' wire answers nobody.
     *
     * @param address {@code host:port} of a port that the agents' wire has to itself, without anything before its paths;
     *     null for none. The proof of concept's programs have {@code 127.0.0.1:8000} built in.
     * @param trustedNetworks addresses or CIDR ranges from which nobody needs a token: whoever is there may do all that
     *     the agents' wire can do
     * @param confdb as which release of snapd {@code /v2/confdb} is answered over TCP, from {@code 2.68} on
     * @param sockets of devices whose programs run on this machine
     */
    public record Registries(
            @Nullable String address,
            @DefaultValue List<String> trustedNetworks,
            @DefaultValue("2.74") Generation confdb,
            @DefaultValue List<Socket> sockets) {}

    /**
     * A UNIX socket of one device. Whoever may open the file is trusted as root of that device.
     *
     * @param path of the file, in a directory that is there; at most some 90 characters
     * @param device its id
     * @param shared whether the file's group may open it beside its owner
     * @param confdb as which release of snapd {@code /v2/confdb} is answered there; null: as over TCP
     */
    public record Socket(
            Path path,
            String device,
            @DefaultValue("false") boolean shared,
            @Nullable Generation confdb) {

        public Socket {
            if (path == null || device == null) {
                throw new IllegalArgumentException("each of muster.registries.sockets needs a path and a device");
            }
        }
    }

    /**
     * Apps on devices: what the files say that agents are started with.
     *
     * @param endpoint the router as devices reach it, {@code ws://} or {@code wss://} with its path; null: at the
     * address at which whoever enrols a device reached this server
     * @param registry host of the registry of images, with a slash at its end
     * @param repository path of images in it, with a slash at its end
     * @param environment {@code production}, {@code test} or {@code local}: which updates agents take for themselves
     * @param applianceDomain where tunnels end; null: the endpoint's host with {@code app} in front
     * @param updates where agents look for newer versions of themselves; null: where they look by themselves
     * @param console address of this server for people, which agents tell their apps; null: none
     * @param tunnelPortFirst first of the ports at the tunnel server that tunnels without names may have
     * @param tunnelPortLast last of them
     */
    public record Apps(
            @Nullable String endpoint,
            @DefaultValue("localhost:5000/") String registry,
            @DefaultValue("apps/") String repository,
            @DefaultValue("local") String environment,
            @Nullable String applianceDomain,
            @Nullable String updates,
            @Nullable String console,
            @DefaultValue("30000") int tunnelPortFirst,
            @DefaultValue("30999") int tunnelPortLast) {}

    /** URLs with names in braces, see {@link LinkSettings}. */
    public record Links(
            @DefaultValue(LinkSettings.GRAFANA) String grafana,
            @DefaultValue(LinkSettings.GRAFANA_DASHBOARD) String grafanaDashboard,
            @DefaultValue(LinkSettings.FOXGLOVE) String foxglove,
            @DefaultValue(LinkSettings.FOXGLOVE_LAYOUT) String foxgloveLayout,
            @DefaultValue(LinkSettings.RECORDINGS) String recordings) {}

    /**
     * People from an OpenID Connect provider.
     *
     * @param issuer the provider's address; its keys are found from there
     * @param audience what its tokens must be meant for
     * @param rolesClaim claim with role names, dots for nesting
     * @param nameClaim claim with the person's name
     * @param roleNames the provider's role names and what they mean here, e.g. {@code fleet-admins: admin}
     */
    public record Oidc(
            String issuer,
            @DefaultValue("muster") String audience,
            @DefaultValue("roles") String rolesClaim,
            @DefaultValue("preferred_username") String nameClaim,
            @DefaultValue Map<String, String> roleNames) {}
}
