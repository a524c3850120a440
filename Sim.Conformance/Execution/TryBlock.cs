namespace Sim.Conformance;

/// <summary>The operation <c>try</c>, for callbacks and for tasks. It handles the kinds that it names, or all.</summary>
internal static class TryBlock
{
    public static void Run(Frame frame, Op op, string path)
    {
        try
        {
            frame.Machine.RunBody(frame, op.Body("body"), path);
        }
        catch (Exception error) when (Handles(op, error))
        {
            frame.Out(path, $"catch {TraceText.Error(error)}");
            frame.Machine.RunBody(frame, op.Body("h"), path + "h");
            if (op.Flag("re"))
            {
                throw;
            }
        }
        finally
        {
            frame.Machine.RunBody(frame, op.Body("fin"), path + "z");
        }
    }

    public static async ValueTask<Returned?> RunAsync(Frame frame, Op op, string path)
    {
        try
        {
            return await frame.Machine.RunBodyAsync(frame, op.Body("body"), path);
        }
        catch (Exception error) when (Handles(op, error))
        {
            frame.Out(path, $"catch {TraceText.Error(error)}");
            var returned = await frame.Machine.RunBodyAsync(frame, op.Body("h"), path + "h");
            if (op.Flag("re") && returned is null)
            {
                throw;
            }

            return returned;
        }
        finally
        {
            // What it returns is ignored.
            await frame.Machine.RunBodyAsync(frame, op.Body("fin"), path + "z");
        }
    }

    private static bool Handles(Op op, Exception error) =>
        !op.Has("on") || op.Names("on").Any(kind => kind == "*" || kind == TraceText.Kind(error));
}
