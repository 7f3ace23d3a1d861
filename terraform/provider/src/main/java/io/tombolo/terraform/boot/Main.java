package io.tombolo.terraform.boot;

import io.tombolo.terraform.mesh.Tombolo;
import io.tombolo.terraform.wire.PluginServer;
import java.io.IOException;
import java.io.PrintStream;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** The provider's process. Terraform starts it, and says when it ends. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Before anything else: what a library prints on stdout would be taken for the handshake.
        PrintStream stdout = System.out;
        System.setOut(System.err);
        // Ctrl-C goes to the whole process group; Terraform lets the current call end and then says so itself.
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        // Else the JDK's client sends a POST again by itself when a kept connection breaks: a second token, a second
        // order.
        System.setProperty("sun.net.http.retryPost", "false");
        // Terraform asks for ten things at once: each has a connection of its own, which is kept for the next.
        System.setProperty("http.maxConnections", "16");
        // The suites of older versions are not looked at one by one in the package's own runtime (package.xml).
        if (System.getProperty("https.protocols") == null) {
            System.setProperty("https.protocols", "TLSv1.3");
        }
        // A ticket to come back with would be made for a Terraform that never does.
        System.setProperty("jdk.tls.server.enableSessionTicketExtension", "false");
        // A library asks for the JDK's own authorities, which are none of anybody's here, and which take long to read.
        System.setProperty("javax.net.ssl.trustStore", "NONE");
        int code = PluginServer.serve(() -> new Tombolo(System.getenv()), System.getenv(), stdout);
        // Terraform waits for the end of this process, three times in a plan, and nothing here waits for it.
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
