typealias AssistanceName<Message: AssistanceMessage> = RecordName<Message>
