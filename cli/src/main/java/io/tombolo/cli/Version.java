package io.tombolo.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, from the manifest of the jar that this class was loaded from. */
final class Version implements IVersionProvider {
    /**
     * The version as the user sees it.
     *
     * @return {@code tombolo} and the version; {@code development} when run from class files
     */
    static String line() {
        return "tombolo " + number();
    }

    /** The number alone. */
    static String number() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }
}
