package io.tombolo.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The source files of the checkout, methods found by the compiler's parser. */
final class Sources {
    private Sources() {}

    /** What programs are made of. */
    static List<Path> ofProduction() throws IOException {
        return all(file -> file.toString().contains("/src/main/java/"));
    }

    /** Every Java file that somebody wrote. */
    static List<Path> ofEverything() throws IOException {
        return all(file -> true);
    }

    private static List<Path> all(Predicate<Path> wanted) throws IOException {
        var all = new ArrayList<Path>();
        try (Stream<Path> modules = Files.walk(Module.home(), 3)) {
            for (Path sources : modules.filter(file -> file.endsWith("pom.xml"))
                    .map(pom -> pom.resolveSibling("src"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(sources)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(wanted)
                            .forEach(all::add);
                }
            }
        }
        return all;
    }

    /**
     * Every method and constructor that is written in some files; record headers and lambdas are not counted apart.
     *
     * @throws IOException if a file cannot be read
     */
    static List<Method> methodsOf(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            var found = new ArrayList<Method>();
            var positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Measure(unit, positions, found), null);
            }
            return found;
        }
    }

    /**
     * One method.
     *
     * @param where file and first line
     * @param lines from its first annotation or modifier to its closing brace
     */
    record Method(String where, String name, long lines) {}

    private static final class Measure extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> found;

        Measure(CompilationUnitTree unit, SourcePositions positions, List<Method> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            long first = line(positions.getStartPosition(unit, method));
            long last = line(positions.getEndPosition(unit, method));
            String file = unit.getSourceFile().getName();
            found.add(new Method(file + ":" + first, method.getName().toString(), last - first + 1));
            return super.visitMethod(method, nothing);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
