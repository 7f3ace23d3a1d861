package io.tombolo.benchmarks.terraform;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.Samples;
import io.tombolo.benchmarks.mesh.Demo;
import io.tombolo.benchmarks.place.Workshop;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Times of Terraform's commands with 1, 10 and 200 resources, and of a provider's handshake alone. The provider of AWS comes
 * from the mirror that {@code TOMBOLO_TF_MIRROR} names; nothing is applied with it. Providers take turns. Of the mesh a controller
 * and the backbone run.
 */
public final class TerraformBench {
    private static final int[] RESOURCES = {1, 10, 200};

    private final Workshop workshop = Workshop.open("terraform");
    private final Columns table =
            new Columns("what", "provider", "runs", "fastest s", "median s", "slowest s", "CPU s (median)");
    private final int rounds;
    private final int mostResources;

    private TerraformBench(int rounds, int mostResources) {
        this.rounds = rounds;
        this.mostResources = mostResources;
    }

    /** Prints the table. @param mostResources rows with more are left out */
    public static void run(int rounds, int mostResources) {
        try (Demo demo = Demo.run(Workshop.open("demo"))) {
            var bench = new TerraformBench(rounds, mostResources);
            List<Subject> subjects = bench.subjects(demo.settings("east"));
            demo.leavesRunning(Set.of("east/controller", "backbone"));
            bench.measure(subjects);
        }
    }

    private List<Subject> subjects(Map<String, String> east) {
        var mirrors = new LinkedHashMap<>(east);
        Path target = Workshop.home().resolve("terraform/provider/target");
        mirrors.put("TF_CLI_CONFIG_FILE", target.resolve("terraform.rc").toString());
        var subjects = new ArrayList<Subject>();
        subjects.add(Subject.ours(target, mirrors));
        Optional.ofNullable(System.getenv("TOMBOLO_TF_MIRROR"))
                .flatMap(mirror -> Subject.aws(Path.of(mirror), Map.of("TF_CLI_CONFIG_FILE", installedFrom(mirror))))
                .ifPresentOrElse(
                        subjects::add,
                        () -> System.out.println("no provider of AWS: TOMBOLO_TF_MIRROR names no mirror that has it"));
        return subjects;
    }

    private String installedFrom(String mirror) {
        String text =
                "disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = \"%s\"\n  }\n}\n";
        return workshop.write("mirror.rc", text.formatted(mirror)).toString();
    }

    private void measure(List<Subject> subjects) {
        Handshake handshake = Handshake.with(workshop);
        var runs = new LinkedHashMap<Subject, Supplier<Cost>>();
        subjects.forEach(subject -> runs.put(subject, () -> handshake.of(subject.executable())));
        row("handshake", runs);
        Arrays.stream(RESOURCES)
                .filter(resources -> resources <= mostResources)
                .forEach(resources -> commands(subjects, resources));
        System.out.println(table);
    }

    private void commands(List<Subject> subjects, int resources) {
        var commands = new LinkedHashMap<Subject, Command>();
        for (Subject subject : subjects) {
            commands.put(subject, ready(subject, resources));
        }
        row("validate, " + resources, every(commands, "validate", "-no-color"));
        row("plan, " + resources, every(commands, "plan", "-no-color", "-input=false", "-lock=false"));
        commands.keySet().removeIf(subject -> !subject.applies());
        for (Command command : commands.values()) {
            applied(command, resources);
        }
    }

    /** One after the other, so that each apply makes all, and each destroy takes all away. */
    private void applied(Command command, int resources) {
        var applies = new ArrayList<Cost>();
        var plans = new ArrayList<Cost>();
        var destroys = new ArrayList<Cost>();
        for (int i = 0; i < rounds; i++) {
            applies.add(command.run(List.of("apply", "-no-color", "-auto-approve", "-input=false")));
            plans.add(command.run(List.of("plan", "-no-color", "-input=false", "-detailed-exitcode")));
            destroys.add(command.run(List.of("destroy", "-no-color", "-auto-approve", "-input=false")));
        }
        row("apply, " + resources, "tombolo", applies);
        row("plan with nothing to do, " + resources, "tombolo", plans);
        row("destroy, " + resources, "tombolo", destroys);
    }

    private Command ready(Subject subject, int resources) {
        String name = subject.name().replace('/', '-') + "-" + resources;
        Path directory = workshop.directory(name);
        workshop.write(name + "/main.tf", subject.configuration().apply(resources));
        var command = new Command(directory, subject.environment());
        command.run(List.of("init", "-no-color"));
        return command;
    }

    private static Map<Subject, Supplier<Cost>> every(Map<Subject, Command> commands, String... arguments) {
        var runs = new LinkedHashMap<Subject, Supplier<Cost>>();
        commands.forEach((subject, command) -> runs.put(subject, () -> command.run(List.of(arguments))));
        return runs;
    }

    /** In turns, after one run of each that does not count. */
    private void row(String what, Map<Subject, Supplier<Cost>> runs) {
        var costs = new LinkedHashMap<Subject, List<Cost>>();
        runs.values().forEach(run -> {
            var _ = run.get();
        });
        for (int i = 0; i < rounds; i++) {
            runs.forEach((subject, run) ->
                    costs.computeIfAbsent(subject, _ -> new ArrayList<>()).add(run.get()));
        }
        costs.forEach((subject, all) -> row(what, subject.name(), all));
    }

    private void row(String what, String provider, List<Cost> costs) {
        Samples seconds = Samples.of(costs.stream().map(Cost::seconds).toList());
        Samples cpu = Samples.of(costs.stream().map(Cost::cpuSeconds).toList());
        table.row(
                what,
                provider,
                Integer.toString(costs.size()),
                "%.2f".formatted(seconds.least()),
                "%.2f".formatted(seconds.median()),
                "%.2f".formatted(seconds.most()),
                "%.2f".formatted(cpu.median()));
    }
}
