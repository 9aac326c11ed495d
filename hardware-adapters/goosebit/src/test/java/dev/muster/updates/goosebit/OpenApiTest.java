package dev.muster.updates.goosebit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.updates.modes.Offers;
import dev.muster.updates.modes.Selection;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description has every path of the REST API with every method of it, and none that is not there. */
class OpenApiTest {

    /** Whose paths are described one and all. */
    private static final String API = "/api/v1/";

    @TempDir
    Path dir;

    @Test
    void allOfTheRestApiIsDescribedAndNothingElse() throws Exception {
        Map<String, Set<String>> served = routes().served();
        served.keySet().removeIf(path -> !path.startsWith(API));

        assertThat(served).containsKeys("/api/v1/devices", "/api/v1/devices/{}/log", "/api/v1/settings/users");
        assertThat(described()).isEqualTo(served);
    }

    private static Map<String, Set<String>> described() {
        Map<String, Set<String>> described = new TreeMap<>();
        OpenApi.read().path("paths").properties().forEach(path -> {
            if (path.getKey().startsWith(API)) {
                Set<String> methods = new TreeSet<>();
                path.getValue()
                        .properties()
                        .forEach(each -> methods.add(each.getKey().toUpperCase(Locale.ROOT)));
                described.put(path.getKey().replaceAll("\\{[^}]*}", "{}"), methods);
            }
        });
        return described;
    }

    private Routes routes() throws ReflectiveOperationException {
        GoosebitPorts ports = unusedPorts();
        GoosebitSettings settings = GoosebitSettings.of(List.of("DEFAULT"), true, false, 1, false, dir, 1000);
        Bodies bodies = new Bodies(settings);
        Orders orders = new Orders(ports, settings);
        Shapes shapes = new Shapes(ports, new SleepTime(ports));
        Offers offers = new Offers(
                new Selection(ports.shelf(), ports.rollouts()), ports.shelf(), ports.followings(), ports.windows(), 1);
        DeviceApi devices = new DeviceApi(ports, bodies, orders, offers, shapes);
        return new Routes(
                bodies,
                devices,
                new SoftwareApi(
                        ports,
                        bodies,
                        orders,
                        new Uploads(ports, settings, bodies),
                        new FileAnswers(ports, settings),
                        shapes,
                        devices),
                new RolloutApi(ports, bodies, orders, shapes),
                new UserApi(ports, bodies),
                new SignInRoutes(ports, settings, bodies, new PeopleGate(ports)),
                new MetricsRoute(ports, settings, new Traffic()),
                new OpenApi(settings.prefix()));
    }

    /** What is served is asked, and nothing of it is done. */
    private static GoosebitPorts unusedPorts() throws ReflectiveOperationException {
        Class<?>[] types = Arrays.stream(GoosebitPorts.class.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Object[] ports = Arrays.stream(types)
                .map(type -> type == Clock.class ? Clock.systemUTC() : unused(type))
                .toArray();
        return GoosebitPorts.class.getDeclaredConstructor(types).newInstance(ports);
    }

    private static Object unused(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw new UnsupportedOperationException(method.toString());
        });
    }
}
