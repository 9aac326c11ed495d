package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code ./muster bench <case>}. Exit code 0 when everything could be measured without errors, whether or not the
 * budgets were kept; 1 otherwise; 2 for a wrong command line.
 */
public final class Bench {

    /** One measurement. */
    interface Case {
        List<Row> run(BenchSettings settings) throws IOException, InterruptedException, WireFault;
    }

    /** What takes minutes and gibibytes runs only where it is asked for by name. */
    private static final Set<String> NOT_WITH_ALL = Set.of("million");

    private Bench() {}

    static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("start", FleetCases::start);
        cases.put("poll", PollCase::run);
        cases.put("deployment", UpdateCases::deployment);
        cases.put("feedback", UpdateCases::feedback);
        cases.put("register", RegistryCases::register);
        cases.put("list", RegistryCases::list);
        cases.put("cos", CosCases::cos);
        cases.put("lab", LabCases::lab);
        cases.put("registries", ConfigCases::registries);
        cases.put("agents", AgentCases::agents);
        cases.put("rollout", FleetCases::rollout);
        cases.put("canary", CanaryCase::run);
        cases.put("joining", JoiningCase::run);
        cases.put("million", MillionCase::run);
        cases.put("replay", FleetCases::replay);
        return cases;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, Case> cases = cases();
        String wanted = args.length == 0 ? "" : args[0];
        if (!wanted.equals("all") && !cases.containsKey(wanted)) {
            System.err.println("the first word must be all or one of " + cases.keySet());
            System.exit(2);
        }
        BenchSettings settings = BenchSettings.of(List.of(args).subList(1, args.length));
        Map<String, String> machine = Machine.describe(settings, Clock.systemUTC());
        List<Row> rows = new ArrayList<>();
        boolean sound = true;
        for (Map.Entry<String, Case> one : cases.entrySet()) {
            boolean withAll = wanted.equals("all") && !NOT_WITH_ALL.contains(one.getKey());
            if (withAll || wanted.equals(one.getKey())) {
                System.err.println("measuring " + one.getKey() + " …");
                try {
                    rows.addAll(one.getValue().run(settings));
                } catch (IOException | WireFault | RuntimeException e) {
                    System.err.println(one.getKey() + " could not be measured: " + e.getMessage());
                    sound = false;
                }
            }
        }
        System.out.println(Report.table(machine, rows));
        Path file = Report.save(settings.out(), wanted, machine, rows, Clock.systemUTC());
        System.out.println("kept in " + file);
        System.exit(sound && rows.stream().allMatch(row -> row.errors() == 0) ? 0 : 1);
    }
}
