return Samples.LessonCommand.Run([new Samples.Web.HttpLesson()], "Samples.Web", args, Console.Out, Console.Error);
