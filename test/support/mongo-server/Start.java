import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.net.InetSocketAddress;

/** Serves MongoDB's wire protocol on 127.0.0.1. Arguments: port (0 for any), file (none: in memory). Prints the port; ends cleanly on SIGTERM. */
class Start {
  public static void main(String[] args) {
    MongoServer server = new MongoServer(args.length > 1 ? new H2Backend(args[1]) : H2Backend.inMemory());
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    server.bind(address);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("port " + server.getLocalAddress().getPort());
  }
}
