package dev.muster.overview.query;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.muster.apps.query.AppAgentIndex;
import dev.muster.apps.query.AppCatalogueIndex;
import dev.muster.apps.query.AppRolloutIndex;
import dev.muster.apps.query.AppWishIndex;
import dev.muster.apps.query.InstallationIndex;
import dev.muster.config.query.DatabagHistory;
import dev.muster.config.query.DatabagIndex;
import dev.muster.config.query.DeviceGroupIndex;
import dev.muster.config.query.OutcomeIndex;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.EventNames;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.lab.query.LabReadSettings;
import dev.muster.lab.query.TestLab;
import dev.muster.lab.query.http.LabReads;
import dev.muster.lab.query.http.ReservationReads;
import dev.muster.observe.query.Discovery;
import dev.muster.observe.query.LinkSettings;
import dev.muster.observe.query.ObserveSettings;
import dev.muster.observe.query.RuleBooks;
import dev.muster.observe.query.TemplateLinks;
import dev.muster.observe.query.TestObserved;
import dev.muster.observe.query.TestRules;
import dev.muster.observe.query.http.DiscoveryReads;
import dev.muster.observe.query.http.DocumentReads;
import dev.muster.observe.query.http.EnrolmentReads;
import dev.muster.observe.query.http.RuleBookReads;
import dev.muster.overview.query.http.AuditReads;
import dev.muster.overview.query.http.EventReads;
import dev.muster.overview.query.http.TimelineReads;
import dev.muster.registry.query.Offload;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Selection;
import dev.muster.updates.query.ModeCases;
import dev.muster.updates.query.MongoActionViews;
import dev.muster.updates.query.QuerySettings;
import dev.muster.updates.query.RolloutCases;
import dev.muster.updates.query.RolloutDevices;
import dev.muster.updates.query.RolloutPreview;
import dev.muster.updates.query.RolloutTimeline;
import dev.muster.updates.query.RolloutViews;
import dev.muster.updates.query.TestFleet;
import dev.muster.updates.query.TestWindows;
import dev.muster.updates.query.ViewReads;
import dev.muster.updates.query.Why;
import dev.muster.updates.query.http.ArtifactReads;
import dev.muster.updates.query.http.DeviceReads;
import dev.muster.updates.query.http.FleetReads;
import dev.muster.updates.query.http.ReleaseReads;
import dev.muster.updates.query.http.RolloutReads;
import dev.muster.updates.query.http.RolloutReports;
import dev.muster.updates.query.http.SettingsReads;
import dev.muster.updates.query.http.WhyReads;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** Every read endpoint over real HTTP on a free port, over a fleet in memory and the embedded document server. */
public final class TestServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public final TestFleet fleet = new TestFleet();
    public final TestObserved observed = new TestObserved();
    public final TestLab lab = new TestLab();
    public final TestRules rules = new TestRules();
    public final TestWindows windows = new TestWindows();
    public volatile Set<Permission> permissions = EnumSet.allOf(Permission.class);
    public volatile ArtifactStore artifacts;
    private final MongoServer mongo = new MongoServer(new MemoryBackend());
    private final MongoClient client;
    private final Offload offload = new Offload(2, 100);
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final DisposableServer http;

    public TestServer(EventSettings events) {
        client = MongoClients.create("mongodb://127.0.0.1:" + mongo.bind().getPort());
        ViewReads views = new ViewReads(database(), fleet.clock, QuerySettings.DEFAULTS);
        MongoActionViews actions = new MongoActionViews(views, fleet.index);
        PublicEvents publicEvents = new PublicEvents(new EventNames(PublicEventsTest.PARENTS), TestJson.mapper());
        RolloutViews rollouts = new RolloutViews(views);
        RolloutDevices members = new RolloutDevices(views, fleet.index, actions);
        RolloutPreview preview = new RolloutPreview(fleet.index, fleet.catalogue, windows, fleet.clock);
        bean(DeviceReads.class, new DeviceReads(fleet.index, actions, offload));
        bean(FleetReads.class, new FleetReads(fleet.index, offload));
        bean(ReleaseReads.class, new ReleaseReads(fleet.catalogue, fleet.index, offload));
        bean(RolloutReads.class, new RolloutReads(rollouts, members, preview, fleet.autoAssignments, offload));
        bean(
                RolloutReports.class,
                new RolloutReports(rollouts, members, new RolloutTimeline(fleet.log), offload, fleet.clock));
        bean(
                WhyReads.class,
                new WhyReads(new Why(
                        fleet.index,
                        fleet.catalogue,
                        fleet.autoAssignments,
                        fleet.settings,
                        new RolloutCases(fleet.index, fleet.catalogue, fleet.rollouts, rollouts, members),
                        modes(),
                        actions,
                        windows,
                        offload,
                        fleet.clock)));
        bean(SettingsReads.class, new SettingsReads(fleet.settings));
        bean(EventReads.class, new EventReads(fleet.log, fleet.log, publicEvents, events));
        bean(AuditReads.class, new AuditReads(new AuditTrail(fleet.log, publicEvents, events), fleet.log, offload));
        DatabagHistory databags = new DatabagHistory(fleet.log, new DatabagIndex(fleet.log), new OutcomeIndex());
        AppAgentIndex agents = new AppAgentIndex();
        InstallationIndex installations = new InstallationIndex(
                agents,
                new AppCatalogueIndex(),
                new AppWishIndex(agents, new DeviceGroupIndex()),
                new AppRolloutIndex(fleet.log));
        bean(
                TimelineReads.class,
                new TimelineReads(fleet.log, publicEvents, lab.linked, databags, installations, offload));
        bean(ArtifactReads.class, new ArtifactReads(new LateStore(this)));
        observe();
        lab();
        bean(WebFilter.class, caller());
        context.register(Web.class);
        context.refresh();
        HttpHandler handler = WebHttpHandlerBuilder.applicationContext(context).build();
        http = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }

    private void observe() {
        ObserveSettings settings = ObserveSettings.DEFAULTS;
        TemplateLinks links = new TemplateLinks(LinkSettings.DEFAULTS);
        bean(EnrolmentReads.class, new EnrolmentReads(observed.enrolments, links, offload, settings));
        bean(
                DocumentReads.class,
                new DocumentReads(observed.documents, observed.enrolments, rules, rules, offload, settings));
        Discovery discovery = new Discovery(fleet.index, observed.enrolments, settings);
        bean(DiscoveryReads.class, new DiscoveryReads(discovery, offload));
        RuleBooks books =
                new RuleBooks(observed.documents, observed.enrolments, rules, rules, rules, offload, settings);
        bean(RuleBookReads.class, new RuleBookReads(books));
    }

    private void lab() {
        bean(LabReads.class, new LabReads(lab.boards, lab.usage, lab.configurations, TestLab.names(), offload));
        bean(
                ReservationReads.class,
                new ReservationReads(lab.requests, lab.boards, TestLab.names(), offload, LabReadSettings.DEFAULTS));
    }

    private <T> void bean(Class<T> type, T bean) {
        context.registerBean(type, () -> bean);
    }

    private WebFilter caller() {
        return (exchange, chain) -> chain.filter(exchange)
                .contextWrite(context ->
                        context.put(Caller.class, new Caller(Caller.Kind.USER, "ann", "Ann", permissions, Map.of())));
    }

    public String address() {
        return "http://127.0.0.1:" + http.port();
    }

    private ModeCases modes() {
        Selection selection = new Selection(fleet.shelf, fleet.feeds);
        return new ModeCases(fleet.followings, new Offers(selection, fleet.shelf, fleet.followings, windows, 1000));
    }

    public WebTestClient web() {
        return WebTestClient.bindToServer()
                .baseUrl(address())
                .responseTimeout(Duration.ofSeconds(20))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(32 << 20))
                .build();
    }

    public MongoDatabase database() {
        return client.getDatabase("muster");
    }

    /** Documents as projections leave them: {@code _id}, {@code position}, and all other members as the view's JSON. */
    public void stored(String collection, Document... documents) {
        List<Document> stored = Stream.of(documents).map(TestServer::asStored).toList();
        Flux.from(database().getCollection(collection).insertMany(stored)).blockLast(Duration.ofSeconds(10));
    }

    private static Document asStored(Document document) {
        Document view = new Document(document);
        Object id = view.remove("_id");
        Object position = view.remove("position");
        return position == null
                ? document
                : new Document("_id", id).append("position", position).append("view", JSON.writeValueAsString(view));
    }

    @Override
    public void close() {
        http.disposeNow(Duration.ofSeconds(1));
        context.close();
        offload.dispose();
        client.close();
        mongo.shutdownNow();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebFlux
    static class Web implements WebFluxConfigurer {

        @Override
        public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
            codecs.defaultCodecs().jacksonJsonEncoder(new JacksonJsonEncoder(TestJson.mapper()));
            codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(TestJson.mapper()));
        }

        @Bean
        Problems problems() {
            return new Problems();
        }
    }

    /** Refusals in the shortest form. */
    @RestControllerAdvice
    static class Problems {

        @ExceptionHandler
        ResponseEntity<Map<String, Object>> refused(Refused refused) {
            Refusal refusal = refused.refusal();
            HttpStatus status =
                    switch (refusal.kind()) {
                        case NOT_FOUND -> HttpStatus.NOT_FOUND;
                        case CONFLICT -> HttpStatus.CONFLICT;
                        case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
                        default -> HttpStatus.BAD_REQUEST;
                    };
            return ResponseEntity.status(status).body(Map.of("code", refusal.code(), "details", refusal.details()));
        }
    }
}
