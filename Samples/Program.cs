return Samples.LessonCommand.Run(args, Console.Out, Console.Error);
